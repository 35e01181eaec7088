package io.bitting.server.organizations;

import io.bitting.client.protocol.OrganizationAnswer;
import io.bitting.client.protocol.PolicyAnswer;
import io.bitting.organization.Organization;
import io.bitting.organization.Policy;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        of(organization.policy()),
        organization.mfaRequiredFrom(),
        organization.createdAt());
  }

  private static PolicyAnswer of(Policy policy) {
    return new PolicyAnswer(
        days(policy.keyLifetimeMax()),
        policy.neverAllowed(),
        days(policy.revokeUnusedAfter()),
        (int) policy.usageKept().toDays(),
        days(policy.auditKept()),
        days(policy.deadKeysKept()));
  }

  private static @Nullable Integer days(Optional<Duration> length) {
    return length.map(known -> (int) known.toDays()).orElse(null);
  }
}
