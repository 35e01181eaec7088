package io.bitting.client.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a key.
 *
 * @param verdict {@code keep}, {@code right_size} or {@code revoke}
 * @param reason why; may be empty
 * @param askAgainAt from when on a review asks again; null for never
 * @param decidedAt when
 * @param decidedBy by whom
 * @param responsible the id of the member that answers for the key instead of its maker; null if
 *     nobody was named
 */
public record ReviewDecisionAnswer(
    String verdict,
    String reason,
    @Nullable Instant askAgainAt,
    Instant decidedAt,
    Reference decidedBy,
    @Nullable String responsible) {}
