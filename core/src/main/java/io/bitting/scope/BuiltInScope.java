package io.bitting.scope;

import java.util.Optional;

/**
 * Bitting's own scopes, in two families. A product's catalog may include those of the organization
 * family; those of the installation family belong to keys of the operator organization only.
 */
public enum BuiltInScope {
  /** See the organization's name and settings. */
  ORG_READ(
      "org:read",
      Family.ORGANIZATION,
      AccessLevel.READ,
      "Shows the organization's name and settings."),
  /** Change the organization's name and settings. */
  ORG_WRITE(
      "org:write",
      Family.ORGANIZATION,
      AccessLevel.WRITE,
      "Edits the organization's name and settings."),
  /** See the members. */
  MEMBERSHIPS_READ(
      "org.memberships:read",
      Family.ORGANIZATION,
      AccessLevel.READ,
      "Lists the organization's members."),
  /** Add, change and remove members. */
  MEMBERSHIPS_MANAGE(
      "org.memberships:manage",
      Family.ORGANIZATION,
      AccessLevel.DANGER,
      "Adds, changes and removes members of the organization."),
  /** Provision users and groups. */
  SCIM(
      "scim",
      Family.ORGANIZATION,
      AccessLevel.DANGER,
      "Provisions users and groups of the organization over SCIM."),
  /** See keys, never tokens. */
  KEYS_READ(
      "keys:read",
      Family.ORGANIZATION,
      AccessLevel.READ,
      "Lists keys and their grants; shows no token."),
  /** Create keys within the reach. */
  KEYS_ISSUE(
      "keys:issue",
      Family.ORGANIZATION,
      AccessLevel.DANGER,
      "Creates keys of the organization within the key's reach."),
  /** Edit, disable, enable and revoke keys. */
  KEYS_MANAGE(
      "keys:manage",
      Family.ORGANIZATION,
      AccessLevel.DANGER,
      "Edits name and purpose of keys, disables, enables and revokes them."),
  /** See the audit log. */
  AUDIT_READ("audit:read", Family.ORGANIZATION, AccessLevel.READ, "Lists audit events."),
  /** See APIs and catalogs. */
  APIS_READ(
      "apis:read",
      Family.INSTALLATION,
      AccessLevel.READ,
      "Lists the APIs of the installation and their catalogs."),
  /** Create APIs, change catalogs. */
  APIS_MANAGE(
      "apis:manage",
      Family.INSTALLATION,
      AccessLevel.DANGER,
      "Creates APIs and changes their catalogs."),
  /** See every organization. */
  ORGANIZATIONS_READ(
      "organizations:read",
      Family.INSTALLATION,
      AccessLevel.READ,
      "Lists the organizations of the installation."),
  /** Create, suspend and resume organizations. */
  ORGANIZATIONS_MANAGE(
      "organizations:manage",
      Family.INSTALLATION,
      AccessLevel.DANGER,
      "Creates, suspends and resumes organizations."),
  /** Ask what a token may do. */
  KEYS_VERIFY(
      "keys:verify",
      Family.INSTALLATION,
      AccessLevel.READ,
      "Asks whether a token may do something, for the APIs in the key's reach.");

  /** Who may hold a built-in scope. */
  public enum Family {
    /** Any organization, for itself. */
    ORGANIZATION("organization"),
    /** The operator organization only. */
    INSTALLATION("installation");

    private final String code;

    Family(String code) {
      this.code = code;
    }

    /** Returns the word used in catalogs and JSON. */
    public String code() {
      return code;
    }
  }

  private final Scope scope;
  private final Family family;
  private final AccessLevel access;
  private final String description;

  BuiltInScope(String text, Family family, AccessLevel access, String description) {
    this.scope = new Scope(text);
    this.family = family;
    this.access = access;
    this.description = description;
  }

  /** Returns the scope's name. */
  public Scope scope() {
    return scope;
  }

  /** Returns who may hold it. */
  public Family family() {
    return family;
  }

  /** Returns its access level. */
  public AccessLevel access() {
    return access;
  }

  /** Returns one sentence for catalogs. */
  public String description() {
    return description;
  }

  /**
   * Finds a built-in scope by its name. That a product's catalog has a scope of the same name does
   * not make it this one.
   *
   * @param scope a name
   */
  public static Optional<BuiltInScope> of(Scope scope) {
    for (BuiltInScope builtIn : values()) {
      if (builtIn.scope.equals(scope)) {
        return Optional.of(builtIn);
      }
    }
    return Optional.empty();
  }
}
