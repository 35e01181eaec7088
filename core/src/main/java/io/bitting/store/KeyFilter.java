package io.bitting.store;

import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.scope.Scope;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

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
 * @param until the last place that is looked at; empty to look as long as it takes
 */
public record KeyFilter(
    Instant now,
    Optional<ShownState> state,
    Optional<ApiId> api,
    Optional<Scope> scope,
    Optional<String> createdBy,
    Optional<Boolean> allScopes,
    Optional<Instant> expiresBefore,
    Optional<String> text,
    Optional<After> until) {

  /**
   * Looks as long as it takes.
   *
   * @param now the time by which keys count as expired
   * @param state the state as shown
   * @param api their API
   * @param scope a scope that their grant names
   * @param createdBy the key or member that made them
   * @param allScopes whether they have all scopes
   * @param expiresBefore a time before which they expire
   * @param text a part of name, purpose or id
   */
  public KeyFilter(
      Instant now,
      Optional<ShownState> state,
      Optional<ApiId> api,
      Optional<Scope> scope,
      Optional<String> createdBy,
      Optional<Boolean> allScopes,
      Optional<Instant> expiresBefore,
      Optional<String> text) {
    this(now, state, api, scope, createdBy, allScopes, expiresBefore, text, Optional.empty());
  }

  /**
   * Returns it with an end.
   *
   * @param last the last place that is looked at
   */
  public KeyFilter until(After last) {
    return new KeyFilter(
        now, state, api, scope, createdBy, allScopes, expiresBefore, text, Optional.of(last));
  }

  /** Tells whether it leaves anything out. */
  public boolean narrows() {
    return Stream.of(state, api, scope, createdBy, allScopes, expiresBefore, text)
        .anyMatch(Optional::isPresent);
  }

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
   * A place in a list of keys, as that after which the next page begins. Lists have the newest
   * first.
   *
   * @param createdAt when the key at that place was made
   * @param id that key
   */
  public record After(Instant createdAt, KeyId id) {}
}
