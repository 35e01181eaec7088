package io.bitting.client.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What an organization demands of its keys, and how long it keeps what is past, in days.
 *
 * @param keyLifetimeMaxDays the longest that a new secret may live; null for no limit
 * @param neverAllowed whether a key may live for ever
 * @param revokeUnusedAfterDays after how long without use a key is revoked; null for never
 * @param usageKeptDays how long recorded use is kept
 * @param auditKeptDays how long audit events are kept; null for ever
 * @param deadKeysKeptDays how long keys that are revoked or expired are kept; null for ever
 */
public record PolicyAnswer(
    @Nullable Integer keyLifetimeMaxDays,
    boolean neverAllowed,
    @Nullable Integer revokeUnusedAfterDays,
    int usageKeptDays,
    @Nullable Integer auditKeptDays,
    @Nullable Integer deadKeysKeptDays) {}
