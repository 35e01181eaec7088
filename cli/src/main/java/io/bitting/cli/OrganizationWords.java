package io.bitting.cli;

import io.bitting.client.protocol.OrganizationAnswer;
import io.bitting.client.protocol.PolicyAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what an organization is, for people. */
final class OrganizationWords {
  private OrganizationWords() {}

  static void print(Surroundings to, OrganizationAnswer organization) {
    Times times = new Times(to.clock());
    PolicyAnswer policy = organization.policy();
    Table.printPairs(
        to,
        List.of(
            new Table.Pair("Slug", organization.slug()),
            new Table.Pair("Name", organization.name()),
            new Table.Pair("Id", organization.id()),
            new Table.Pair("State", organization.state()),
            new Table.Pair(
                "Operator", organization.operator() ? "yes: runs this installation" : "no"),
            new Table.Pair(
                "Keys of all scopes", organization.allScopesAllowed() ? "allowed" : "forbidden"),
            new Table.Pair(
                "Keys live", "at most " + days(policy.keyLifetimeMaxDays(), "as long as they say")),
            new Table.Pair(
                "Keys without expiry",
                policy.neverAllowed() && policy.keyLifetimeMaxDays() == null
                    ? "allowed"
                    : "forbidden"),
            new Table.Pair(
                "Unused keys", "revoked after " + days(policy.revokeUnusedAfterDays(), "no time")),
            new Table.Pair("Use kept", days(policy.usageKeptDays(), "")),
            new Table.Pair("Audit kept", days(policy.auditKeptDays(), "for ever")),
            new Table.Pair("Dead keys kept", days(policy.deadKeysKeptDays(), "for ever")),
            new Table.Pair(
                "Second factor",
                organization.mfaRequiredFrom() == null
                    ? "not required"
                    : "required from " + times.both(organization.mfaRequiredFrom())),
            new Table.Pair("Created", times.both(organization.createdAt()))));
  }

  private static String days(@Nullable Integer count, String none) {
    return count == null ? none : Plain.count(count, "day");
  }
}
