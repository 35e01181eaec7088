package io.bitting.client.protocol;

/**
 * One thing about a key that somebody should look at.
 *
 * @param kind {@code all_scopes}, {@code unused}, {@code unused_scopes}, {@code no_expiry}, {@code
 *     maker_gone}, {@code expired_called} or {@code no_purpose}
 * @param words what it is, in a clause without a subject
 * @param points how much it adds to the key's risk
 */
public record FindingAnswer(String kind, String words, int points) {}
