package io.bitting.grant;

import io.bitting.id.ApiId;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far a key goes that issues keys ({@code keys:issue}) or verifies tokens ({@code
 * keys:verify}): for which APIs, and up to which scopes. Fixed with the grant. A key without these
 * two scopes has no use for a reach.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface Reach {

  /** Every API, today's and tomorrow's, up to all scopes. */
  record Everything() implements Reach {
    @Override
    public String toString() {
      return "everything";
    }
  }

  /**
   * The APIs named.
   *
   * @param issue the APIs that keys may be issued for, each with the most that such a key may be
   *     granted
   * @param verify the APIs whose tokens may be verified
   */
  record Limited(SortedMap<ApiId, GrantedScopes> issue, SortedSet<ApiId> verify) implements Reach {
    /** Copies what can change. */
    public Limited {
      issue = Collections.unmodifiableSortedMap(new TreeMap<>(issue));
      verify = Collections.unmodifiableSortedSet(new TreeSet<>(verify));
    }

    @Override
    public String toString() {
      return "issue " + issue + ", verify " + verify;
    }
  }

  /** Reaches no API. */
  static Reach none() {
    return new Limited(new TreeMap<>(), new TreeSet<>());
  }

  /** Reaches every API. */
  static Reach everything() {
    return new Everything();
  }

  /**
   * Reaches some APIs for verification only.
   *
   * @param apis the APIs
   */
  static Reach verifying(Collection<ApiId> apis) {
    return new Limited(new TreeMap<>(), new TreeSet<>(apis));
  }

  /**
   * Reaches one API for issuing only.
   *
   * @param api the API
   * @param most the most that a key may be granted
   */
  static Reach issuing(ApiId api, GrantedScopes most) {
    SortedMap<ApiId, GrantedScopes> issue = new TreeMap<>();
    issue.put(api, most);
    return new Limited(issue, new TreeSet<>());
  }

  /** Tells whether it reaches no API at all. */
  default boolean isNone() {
    return this instanceof Limited limited
        && limited.issue().isEmpty()
        && limited.verify().isEmpty();
  }

  /**
   * Tells whether tokens of an API may be verified.
   *
   * @param api the API
   */
  default boolean verifies(ApiId api) {
    return !(this instanceof Limited limited) || limited.verify().contains(api);
  }
}
