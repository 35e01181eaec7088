package io.bitting.usage;

import io.bitting.access.DenialReason;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import java.time.Instant;
import java.util.Optional;

/**
 * Checks of one key within one hour that asked for the same and ended the same.
 *
 * @param key the key
 * @param organization whose key it is
 * @param secret the number of the secret that was presented
 * @param demand what was asked
 * @param denial why they were denied; empty if they were allowed
 * @param first when the first was made, to the minute
 * @param last when the last was made, to the minute; within the hour of the first
 * @param count how many there were, at least one
 * @param origin where one of the last came from
 */
public record Counted(
    KeyId key,
    OrganizationId organization,
    int secret,
    Demand demand,
    Optional<DenialReason> denial,
    Instant first,
    Instant last,
    long count,
    Origin origin) {

  /**
   * Tells whether the key was live, so that the check counts as a use of it. See {@link LastUse}.
   */
  public boolean isUse() {
    return denial.isEmpty()
        || denial.get() == DenialReason.INSUFFICIENT_SCOPE
        || denial.get() == DenialReason.REQUIREMENT_UNKNOWN;
  }
}
