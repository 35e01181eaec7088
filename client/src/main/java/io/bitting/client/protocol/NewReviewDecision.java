package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A decision to be made about a key.
 *
 * @param key the key's id
 * @param verdict {@code keep}, {@code right_size} or {@code revoke}
 * @param reason why; a key is kept for a reason only
 * @param askAgainAt from when on to ask again; null for the usual time
 * @param acceptIncomplete true to right-size by a window in which counters are lost
 * @param responsible the id of a member that answers for the key from now on instead of its maker;
 *     null to name nobody. Only if it is kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NewReviewDecision(
    String key,
    String verdict,
    @Nullable String reason,
    @Nullable Instant askAgainAt,
    @Nullable Boolean acceptIncomplete,
    @Nullable String responsible) {}
