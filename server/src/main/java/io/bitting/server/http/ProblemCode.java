package io.bitting.server.http;

/**
 * Every kind of problem that Bitting's own endpoints answer with. A code never changes its meaning;
 * each has one page under {@code docs/errors}, one example in the OpenAPI document and one test.
 */
public enum ProblemCode {
  REQUEST_MALFORMED("request_malformed", 400, "The request cannot be read"),
  QUERY_INVALID("query_invalid", 400, "The query cannot be read"),
  CURSOR_INVALID("cursor_invalid", 400, "The cursor is not one of this list"),
  IDEMPOTENCY_KEY_MALFORMED("idempotency_key_malformed", 400, "The idempotency key cannot be read"),
  CREDENTIAL_AMBIGUOUS("credential_ambiguous", 400, "The credential is ambiguous"),
  CREDENTIAL_MISSING("credential_missing", 401, "No credential"),
  CREDENTIAL_INVALID("credential_invalid", 401, "The credential is not valid"),
  KEY_REVOKED("key_revoked", 401, "The key is revoked"),
  KEY_EXPIRED("key_expired", 401, "The key has expired"),
  SIGN_IN_ENDED("sign_in_ended", 401, "The sign-in has ended"),
  KEY_DISABLED("key_disabled", 403, "The key is disabled"),
  ORGANIZATION_SUSPENDED("organization_suspended", 403, "The organization is suspended"),
  INSUFFICIENT_SCOPE("insufficient_scope", 403, "This key lacks a required scope"),
  REQUIREMENT_UNKNOWN("requirement_unknown", 403, "No key can call this operation"),
  BEYOND_CEILING("beyond_ceiling", 403, "More is asked for than may be granted"),
  BEYOND_REACH("beyond_reach", 403, "The key does not reach this API"),
  SETUP_CODE_INVALID("setup_code_invalid", 403, "The setup code is not valid"),
  PERSON_REQUIRED("person_required", 403, "A person has to decide this"),
  ROLE_INSUFFICIENT("role_insufficient", 403, "Your role does not allow this"),
  SECOND_FACTOR_REQUIRED("second_factor_required", 403, "A second factor is required"),
  FRESH_PROOF_REQUIRED("fresh_proof_required", 403, "Prove once more who you are"),
  FORM_TOKEN_INVALID("form_token_invalid", 403, "The form is not from this page"),
  TLS_REQUIRED("tls_required", 403, "Keys travel over TLS only"),
  NOT_FOUND("not_found", 404, "Not found"),
  METHOD_NOT_ALLOWED("method_not_allowed", 405, "The method is not allowed here"),
  NAME_TAKEN("name_taken", 409, "The name is taken"),
  SLUG_TAKEN("slug_taken", 409, "The slug is taken"),
  PREFIX_TAKEN("prefix_taken", 409, "The key prefix is taken"),
  SCOPES_IMMUTABLE("scopes_immutable", 409, "The scopes of a key never change"),
  STATE_CONFLICT("state_conflict", 409, "The state does not allow this"),
  CONFIRMATION_REQUIRED("confirmation_required", 409, "Existing keys would gain"),
  API_IMMUTABLE("api_immutable", 409, "This part of an API never changes"),
  ALREADY_SET_UP("already_set_up", 409, "There is an owner already"),
  LAST_OWNER("last_owner", 409, "The last owner stays"),
  IDEMPOTENCY_KEY_IN_USE(
      "idempotency_key_in_use", 409, "The first request is still being carried out"),
  BODY_TOO_LARGE("body_too_large", 413, "The body is too large"),
  URI_TOO_LONG("uri_too_long", 414, "The address is too long"),
  MEDIA_TYPE_UNSUPPORTED("media_type_unsupported", 415, "The media type is not supported"),
  VALIDATION_FAILED("validation_failed", 422, "The request is readable, but wrong"),
  IDEMPOTENCY_KEY_REUSED(
      "idempotency_key_reused", 422, "The idempotency key belongs to another request"),
  HEADERS_TOO_LARGE("headers_too_large", 431, "The headers are too large"),
  RATE_LIMITED("rate_limited", 429, "Too many requests of this kind"),
  INTERNAL_ERROR("internal_error", 500, "Something failed here"),
  VERIFICATION_UNAVAILABLE("verification_unavailable", 503, "Keys cannot be verified now"),
  GATEWAY_MISCONFIGURED("gateway_misconfigured", 503, "The gateway is not set up right"),
  STORAGE_UNAVAILABLE("storage_unavailable", 503, "Storage does not answer now"),
  OUTCOME_UNKNOWN("outcome_unknown", 503, "Nobody can say whether the change was made");

  private final String code;
  private final int status;
  private final String title;

  ProblemCode(String code, int status, String title) {
    this.code = code;
    this.status = status;
    this.title = title;
  }

  /** Returns the stable word. */
  public String code() {
    return code;
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /**
   * Tells whether it is told to people in the console alone: no operation of REST answers it, since
   * a key neither signs in nor has a role.
   */
  public boolean isForPeople() {
    return switch (this) {
      case SIGN_IN_ENDED,
          ROLE_INSUFFICIENT,
          SECOND_FACTOR_REQUIRED,
          FRESH_PROOF_REQUIRED,
          FORM_TOKEN_INVALID ->
          true;
      default -> false;
    };
  }

  /** Returns the kind of problem in words. */
  public String title() {
    return title;
  }
}
