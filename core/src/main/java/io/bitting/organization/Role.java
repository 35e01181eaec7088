package io.bitting.organization;

/**
 * What a member is in an organization. What each may grant is in {@code io.bitting.grant.Ceiling}.
 */
public enum Role {
  /** Owns the organization. */
  OWNER("owner"),
  /** Runs it. */
  ADMIN("admin"),
  /** Works in it. */
  MEMBER("member"),
  /** Looks at it. */
  AUDITOR("auditor");

  private final String code;

  Role(String code) {
    this.code = code;
  }

  /** Returns the word used in SQL, JSON and the console. */
  public String code() {
    return code;
  }
}
