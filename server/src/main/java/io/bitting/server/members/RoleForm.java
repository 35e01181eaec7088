package io.bitting.server.members;

import io.bitting.organization.Role;
import io.bitting.scope.Spelling;
import io.bitting.server.http.Fields;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a role. */
final class RoleForm {
  /** The words for roles. */
  static final String ROLES =
      Stream.of(Role.values()).map(Role::code).collect(Collectors.joining(", "));

  private RoleForm() {}

  /** Reads the member {@code role}; empty if there is a fault. */
  static Optional<Role> read(Fields fields) {
    boolean given = fields.has("role");
    String word = fields.text("role");
    Optional<Role> role = Role.of(word);
    if (given && role.isEmpty()) {
      fields.fault(
          "role",
          "role_unknown",
          "role \"" + Spelling.printable(word) + "\" is none of " + ROLES,
          "send one of them");
    }
    return role;
  }
}
