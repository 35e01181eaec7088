package io.bitting.server.audit;

import io.bitting.audit.AuditChain;
import io.bitting.organization.Organization;
import io.bitting.scope.Requirement;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Call;
import java.util.Optional;

/** Whose audit chain an operation is about. */
enum Whose {
  /** That of the caller's own organization. */
  ORGANIZATION("/v1/organizations/{org}", Requirement.allOf("audit:read")),
  /**
   * That of the installation. It tells of every organization, so it takes a scope that no product
   * can include.
   */
  INSTALLATION("/v1", Requirement.allOf("audit:read", "organizations:read"));

  private final String path;
  private final Requirement requirement;

  Whose(String path, Requirement requirement) {
    this.path = path;
    this.requirement = requirement;
  }

  String path(String rest) {
    return path + rest;
  }

  Requirement requirement() {
    return requirement;
  }

  /** Finds the chain, if the caller may see it. */
  Optional<AuditChain> chain(Organization own, Call call) {
    return switch (this) {
      case ORGANIZATION ->
          Acting.isNamed(own, call.path("org"))
              ? Optional.of(AuditChain.of(own.id()))
              : Optional.empty();
      case INSTALLATION -> own.operator() ? Optional.of(AuditChain.INSTALLATION) : Optional.empty();
    };
  }
}
