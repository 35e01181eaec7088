package io.bitting.client.protocol;

/**
 * Asks somebody to become a member.
 *
 * @param mail who is asked
 * @param role {@code owner}, {@code admin}, {@code member} or {@code auditor}
 */
public record NewInvitation(String mail, String role) {}
