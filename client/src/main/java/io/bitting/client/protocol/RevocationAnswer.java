package io.bitting.client.protocol;

/**
 * What was said when a key was revoked.
 *
 * @param reason {@code leaked}, {@code unused}, {@code replaced}, {@code member_left} or {@code
 *     other}
 * @param note in the words of whoever did it, may be empty
 */
public record RevocationAnswer(String reason, String note) {}
