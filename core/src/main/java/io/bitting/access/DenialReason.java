package io.bitting.access;

/** Why a check said no, in the order in which the checks are made. */
public enum DenialReason {
  /** The API is not known, so none of its operations is. */
  API_UNKNOWN("api_unknown"),
  /** The API has no such operation. */
  OPERATION_UNKNOWN("operation_unknown"),
  /** The path can be read as that of more than one operation. */
  OPERATION_AMBIGUOUS("operation_ambiguous"),
  /** Nobody has said what the operation requires. */
  OPERATION_UNDECLARED("operation_undeclared"),
  /** No credential was presented. */
  CREDENTIAL_MISSING("credential_missing"),
  /** Malformed, unknown, wrong, or of another API: told apart for nobody. */
  CREDENTIAL_INVALID("credential_invalid"),
  /** The key was revoked. */
  KEY_REVOKED("key_revoked"),
  /** The key is disabled. */
  KEY_DISABLED("key_disabled"),
  /** The secret has expired. */
  KEY_EXPIRED("key_expired"),
  /** The key's organization is suspended. */
  ORGANIZATION_SUSPENDED("organization_suspended"),
  /** A required scope is not in the API's catalog, so no key can have it. */
  REQUIREMENT_UNKNOWN("requirement_unknown"),
  /** The key lacks a required scope. */
  INSUFFICIENT_SCOPE("insufficient_scope");

  private final String code;

  DenialReason(String code) {
    this.code = code;
  }

  /** Returns the word used in JSON, problems and metrics. */
  public String code() {
    return code;
  }

  /**
   * Finds a reason by its word.
   *
   * @param code any text
   */
  public static java.util.Optional<DenialReason> of(String code) {
    for (DenialReason reason : values()) {
      if (reason.code.equals(code)) {
        return java.util.Optional.of(reason);
      }
    }
    return java.util.Optional.empty();
  }
}
