package io.bitting.client.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What came of a decision.
 *
 * @param key the key as it is now
 * @param decision what was decided
 * @param rightSize the grant to replace it by; null unless it is to be right-sized
 */
public record DecidedKey(
    KeyAnswer key, ReviewDecisionAnswer decision, @Nullable RightSizeAnswer rightSize) {}
