package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Edits the policy of an organization. What is null stays as it is.
 *
 * @param keyLifetimeMaxDays the longest that a new secret may live
 * @param neverAllowed whether a key may live for ever
 * @param revokeUnusedAfterDays after how long without use a key is revoked
 * @param usageKeptDays how long recorded use is kept
 * @param auditKeptDays how long audit events are kept
 * @param deadKeysKeptDays how long keys that are revoked or expired are kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolicyEdit(
    @Nullable Days keyLifetimeMaxDays,
    @Nullable Boolean neverAllowed,
    @Nullable Days revokeUnusedAfterDays,
    @Nullable Integer usageKeptDays,
    @Nullable Days auditKeptDays,
    @Nullable Days deadKeysKeptDays) {

  /**
   * A number of days, or no limit.
   *
   * @param count how many; null, written as such, for no limit
   */
  public record Days(@JsonValue @Nullable Integer count) {
    /** No limit. */
    public static final Days NO_LIMIT = new Days(null);
  }
}
