package io.bitting.jdbc;

/**
 * A row of the sequence of changes: what changed, not how. The row itself is read again.
 *
 * @param entity the kind of thing
 * @param id which one
 */
record Change(String entity, String id) {
  static final String ORGANIZATION = "organization";
  static final String API = "api";
  static final String CATALOG = "catalog";
  static final String OPERATIONS = "operations";
  static final String KEY = "key";
  static final String SETUP_CODE = "setup_code";
  static final String REVIEW_DECISION = "review_decision";
  static final String FIRST_ANSWER = "first_answer";
  static final String AUDIT = "audit";
  static final String SIGNING_KEY = "signing_key";
  static final String PERSON = "person";
  static final String MEMBER = "member";
  static final String INVITATION = "invitation";
  static final String SIGN_IN = "sign_in";
}
