package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Edits an organization. What is null stays as it is.
 *
 * @param name its new name
 * @param allScopesAllowed whether new keys may have all scopes
 * @param policy what to change of its policy
 * @param mfaRequiredFrom from when on its members need a second factor
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrganizationEdit(
    @Nullable String name,
    @Nullable Boolean allScopesAllowed,
    @Nullable PolicyEdit policy,
    @Nullable From mfaRequiredFrom) {

  /**
   * Edits an organization, and leaves alone whether its members need a second factor.
   *
   * @param name its new name
   * @param allScopesAllowed whether new keys may have all scopes
   * @param policy what to change of its policy
   */
  public OrganizationEdit(
      @Nullable String name, @Nullable Boolean allScopesAllowed, @Nullable PolicyEdit policy) {
    this(name, allScopesAllowed, policy, null);
  }

  /**
   * A time from which on something holds, or never.
   *
   * @param at the time; null, written as such, for never
   */
  public record From(@JsonValue @Nullable Instant at) {
    /** Never. */
    public static final From NEVER = new From(null);
  }
}
