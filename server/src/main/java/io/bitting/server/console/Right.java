package io.bitting.server.console;

/**
 * What a visitor may be allowed to do. It decides what a page offers and how it explains what it
 * does not; whether something is done is decided by the endpoint.
 */
enum Right {
  /** Create, rotate and replace keys. */
  ISSUE_KEYS("issue keys", "owner, admin or member"),
  /** Edit, disable and revoke keys, and decide reviews. */
  MANAGE_KEYS("manage keys", "owner or admin"),
  /** Change settings and policies. */
  EDIT_ORGANIZATION("change settings", "owner or admin"),
  /** Invite and remove people, and change roles. */
  MANAGE_MEMBERS("manage members", "owner or admin"),
  /** Read what was done. */
  READ_AUDIT("read the audit", "owner, admin or auditor"),
  /** Change an API's catalog and operations. */
  MANAGE_APIS("change catalogs", "owner or admin of the operator organization");

  private final String words;
  private final String roles;

  Right(String words, String roles) {
    this.words = words;
    this.roles = roles;
  }

  /** What it is to, after <i>to</i>. */
  String words() {
    return words;
  }

  /** Who has it. */
  String roles() {
    return roles;
  }

  /** Returns the id of the sentence that says why somebody has it not. */
  String anchor() {
    return "without-" + words.replace(' ', '-');
  }
}
