package io.bitting.organization;

import io.bitting.scope.BuiltInScope;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a member is in an organization, and the built-in scopes that come with it. What each may
 * grant is in {@code io.bitting.grant.Ceiling}.
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

  /**
   * Returns the built-in scopes that a member of this role holds in any organization. Those who own
   * and run an organization hold all of its family but what only a machine is for.
   */
  public Set<BuiltInScope> scopes() {
    return switch (this) {
      case OWNER, ADMIN ->
          Set.of(
              BuiltInScope.ORG_READ,
              BuiltInScope.ORG_WRITE,
              BuiltInScope.MEMBERSHIPS_READ,
              BuiltInScope.MEMBERSHIPS_MANAGE,
              BuiltInScope.KEYS_READ,
              BuiltInScope.KEYS_ISSUE,
              BuiltInScope.KEYS_MANAGE,
              BuiltInScope.AUDIT_READ);
      case MEMBER ->
          Set.of(
              BuiltInScope.ORG_READ,
              BuiltInScope.MEMBERSHIPS_READ,
              BuiltInScope.KEYS_READ,
              BuiltInScope.KEYS_ISSUE);
      case AUDITOR ->
          Set.of(
              BuiltInScope.ORG_READ,
              BuiltInScope.MEMBERSHIPS_READ,
              BuiltInScope.KEYS_READ,
              BuiltInScope.AUDIT_READ);
    };
  }

  /**
   * Returns the built-in scopes that a member of this role holds in an organization: in the one
   * that runs the installation, also those of the installation.
   *
   * @param organization the organization
   */
  public Set<BuiltInScope> scopes(Organization organization) {
    if (!organization.operator()) {
      return scopes();
    }
    Set<BuiltInScope> scopes = EnumSet.copyOf(scopes());
    switch (this) {
      case OWNER, ADMIN -> {
        scopes.add(BuiltInScope.APIS_READ);
        scopes.add(BuiltInScope.APIS_MANAGE);
        scopes.add(BuiltInScope.ORGANIZATIONS_READ);
        scopes.add(BuiltInScope.ORGANIZATIONS_MANAGE);
      }
      case AUDITOR -> {
        scopes.add(BuiltInScope.APIS_READ);
        scopes.add(BuiltInScope.ORGANIZATIONS_READ);
      }
      case MEMBER -> {}
    }
    return Set.copyOf(scopes);
  }

  /**
   * Finds a role by its word.
   *
   * @param code any text
   */
  public static Optional<Role> of(String code) {
    for (Role role : values()) {
      if (role.code.equals(code)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
