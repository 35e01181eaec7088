package io.bitting.server.organizations;

import io.bitting.client.protocol.OrganizationAnswer;
import io.bitting.organization.Organization;

/** Organizations as callers see them. */
public final class OrganizationAnswers {
  private OrganizationAnswers() {}

  /**
   * Shows an organization.
   *
   * @param organization the organization
   */
  public static OrganizationAnswer of(Organization organization) {
    return new OrganizationAnswer(
        organization.id().text(),
        organization.slug().text(),
        organization.name(),
        organization.operator(),
        organization.suspended() ? "suspended" : "active",
        organization.allScopesAllowed(),
        organization.createdAt());
  }
}
