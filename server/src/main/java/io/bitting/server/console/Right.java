package io.bitting.server.console;

import io.bitting.scope.BuiltInScope;

/**
 * What a visitor may be allowed to do. It decides what a page offers and how it explains what it
 * does not; whether something is done is decided by the endpoint.
 */
enum Right {
  /** Create, rotate and replace keys. */
  ISSUE_KEYS(BuiltInScope.KEYS_ISSUE, "issue keys", "owner, admin or member"),
  /** Edit, disable and revoke keys, and decide reviews. */
  MANAGE_KEYS(BuiltInScope.KEYS_MANAGE, "manage keys", "owner or admin"),
  /** Change settings and policies. */
  EDIT_ORGANIZATION(BuiltInScope.ORG_WRITE, "change settings", "owner or admin"),
  /** Invite and remove people, and change roles. */
  MANAGE_MEMBERS(BuiltInScope.MEMBERSHIPS_MANAGE, "manage members", "owner or admin"),
  /** Read what was done. */
  READ_AUDIT(BuiltInScope.AUDIT_READ, "read the audit", "owner, admin or auditor"),
  /** Change an API's catalog and operations. */
  MANAGE_APIS(
      BuiltInScope.APIS_MANAGE, "change catalogs", "owner or admin of the operator organization");

  private final BuiltInScope scope;
  private final String words;
  private final String roles;

  Right(BuiltInScope scope, String words, String roles) {
    this.scope = scope;
    this.words = words;
    this.roles = roles;
  }

  /** The scope that it takes. */
  BuiltInScope scope() {
    return scope;
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
