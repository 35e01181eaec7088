package io.bitting.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which keys to list. Each method returns a narrower query; {@link #all} leaves nothing out.
 *
 * <p>Immutable and thread-safe.
 */
public final class KeyQuery {
  private static final KeyQuery ALL = new KeyQuery(Map.of());

  private final Map<String, String> parameters;

  private KeyQuery(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /** Returns the query for every key. */
  public static KeyQuery all() {
    return ALL;
  }

  /**
   * Wants keys in a state.
   *
   * @param state {@code active}, {@code disabled}, {@code expired} or {@code revoked}
   */
  public KeyQuery state(String state) {
    return with("state", state);
  }

  /**
   * Wants keys of an API.
   *
   * @param api the API's id
   */
  public KeyQuery api(String api) {
    return with("api", api);
  }

  /**
   * Wants keys whose grant names a scope.
   *
   * @param scope the scope
   */
  public KeyQuery scope(String scope) {
    return with("scope", scope);
  }

  /**
   * Wants keys that somebody made.
   *
   * @param id the id of a key or member
   */
  public KeyQuery createdBy(String id) {
    return with("created_by", id);
  }

  /**
   * Wants keys that expire soon.
   *
   * @param duration {@code 7d}, {@code 36h}, {@code P7D}
   */
  public KeyQuery expiresWithin(String duration) {
    return with("expires_within", duration);
  }

  /**
   * Wants keys that nobody used for some time, or ever; only those that were made before it began.
   *
   * @param duration {@code 90d}, {@code 36h}, {@code P7D}
   */
  public KeyQuery unusedFor(String duration) {
    return with("unused_for", duration);
  }

  /**
   * Wants keys with all scopes, or with specific ones.
   *
   * @param allScopes which
   */
  public KeyQuery allScopes(boolean allScopes) {
    return with("all_scopes", String.valueOf(allScopes));
  }

  /**
   * Wants keys with a text in name, purpose or id.
   *
   * @param text the text
   */
  public KeyQuery text(String text) {
    return with("q", text);
  }

  /**
   * Bounds a page.
   *
   * @param keys how many, 1 to 200; 50 unless said
   */
  public KeyQuery limit(int keys) {
    return with("limit", String.valueOf(keys));
  }

  /**
   * Goes on after a page.
   *
   * @param cursor the page's next cursor
   */
  public KeyQuery after(String cursor) {
    return with("cursor", cursor);
  }

  String text() {
    return Address.query(parameters);
  }

  private KeyQuery with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new KeyQuery(Collections.unmodifiableMap(more));
  }
}
