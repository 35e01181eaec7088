package io.bitting.cli;

import io.bitting.client.protocol.OrganizationAnswer;
import java.util.List;

/** Says what an organization is, for people. */
final class OrganizationWords {
  private OrganizationWords() {}

  static void print(Surroundings to, OrganizationAnswer organization) {
    Times times = new Times(to.clock());
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
            new Table.Pair("Created", times.both(organization.createdAt()))));
  }
}
