package io.bitting.client.protocol;

/**
 * Gives a member another role.
 *
 * @param role {@code owner}, {@code admin}, {@code member} or {@code auditor}
 */
public record MemberEdit(String role) {}
