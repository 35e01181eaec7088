package io.bitting.store;

import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.scope.Scope;
import java.time.Instant;
import java.util.Optional;

/**
 * Which keys of an organization to list. What is empty does not narrow the list.
 *
 * @param now the time by which keys count as expired
 * @param state the state as shown
 * @param api their API
 * @param scope a scope that their grant names; keys of all scopes have none by name
 * @param createdBy the key or member that made them
 * @param allScopes whether they have all scopes
 * @param expiresBefore a time before which they expire; keys that never do, or are revoked, are
 *     left out
 * @param text a part of name, purpose or id, whatever its case
 */
public record KeyFilter(
    Instant now,
    Optional<ShownState> state,
    Optional<ApiId> api,
    Optional<Scope> scope,
    Optional<String> createdBy,
    Optional<Boolean> allScopes,
    Optional<Instant> expiresBefore,
    Optional<String> text) {

  /** The state of a key as people see it: what was decided, and whether it has expired. */
  public enum ShownState {
    /** Usable. */
    ACTIVE,
    /** Disabled, whether expired or not. */
    DISABLED,
    /** Not disabled, but expired. */
    EXPIRED,
    /** Revoked. */
    REVOKED
  }

  /**
   * Leaves nothing out.
   *
   * @param now the time by which keys count as expired
   */
  public static KeyFilter all(Instant now) {
    return new KeyFilter(
        now,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The place in a list of keys after which the next page begins. Lists have the newest first.
   *
   * @param createdAt when the last key of the page before was made
   * @param id that key
   */
  public record After(Instant createdAt, KeyId id) {}
}
