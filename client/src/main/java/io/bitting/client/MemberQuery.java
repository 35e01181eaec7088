package io.bitting.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which members to list. Each method returns a narrower query; {@link #all} leaves nothing out.
 *
 * <p>Immutable and thread-safe.
 */
public final class MemberQuery {
  private static final MemberQuery ALL = new MemberQuery(Map.of());

  private final Map<String, String> parameters;

  private MemberQuery(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /** Returns the query for every member. */
  public static MemberQuery all() {
    return ALL;
  }

  /**
   * Wants members of a role.
   *
   * @param role {@code owner}, {@code admin}, {@code member} or {@code auditor}
   */
  public MemberQuery role(String role) {
    return with("role", role);
  }

  /**
   * Wants members with a second factor, or without one.
   *
   * @param mfa which
   */
  public MemberQuery mfa(boolean mfa) {
    return with("mfa", String.valueOf(mfa));
  }

  /**
   * Wants members with a text in name, mail address or id.
   *
   * @param text the text
   */
  public MemberQuery text(String text) {
    return with("q", text);
  }

  /**
   * Goes on after a page.
   *
   * @param cursor the page's next cursor
   */
  public MemberQuery after(String cursor) {
    return with("cursor", cursor);
  }

  String text() {
    return Address.query(parameters);
  }

  private MemberQuery with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new MemberQuery(Collections.unmodifiableMap(more));
  }
}
