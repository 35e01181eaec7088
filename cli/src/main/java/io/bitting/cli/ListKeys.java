package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.KeyQuery;
import io.bitting.client.protocol.KeyAnswer;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    header = "List keys, newest first.",
    footer = {
      "  bitting keys list",
      "  bitting keys list --state active --scope scans:delete",
      "  bitting keys list --unused-for 90d",
      "  bitting keys list --expires-within 7d -o json"
    })
final class ListKeys extends OrganizationCommand {
  @Option(names = "--limit", paramLabel = "N", description = "At most this many. All unless given.")
  private int limit = Pages.ROWS_MAX;

  @Mixin private final KeyConditions conditions = new KeyConditions();

  ListKeys(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    KeyQuery query = conditions.query().limit(Math.clamp(limit, 1, 200));
    Pages.Some<KeyAnswer> keys =
        Pages.first(
            limit, cursor -> client.keys(organization, cursor.map(query::after).orElse(query)));
    if (keys.rows().isEmpty()) {
      new Offered(client)
          .checkFilters(
              Optional.ofNullable(conditions.api()), Optional.ofNullable(conditions.scope()));
    }
    presentation.show(keys.rows(), () -> print(organization, keys));
    return ExitCode.OK;
  }

  private void print(String organization, Pages.Some<KeyAnswer> keys) {
    if (keys.rows().isEmpty()) {
      surroundings.say(
          !conditions.given().isEmpty()
              ? "No key of " + organization + " is like that."
              : "Organization "
                  + organization
                  + " has no keys. Create one: bitting keys create --help");
      return;
    }
    Times times = new Times(surroundings.clock());
    Table table = new Table("name", "key", "api", "scopes", "expires", "last used", "status");
    for (KeyAnswer key : keys.rows()) {
      boolean dead = key.state().equals("revoked");
      String expires =
          dead ? "-" : times.expiry(key.endsAt() == null ? key.expiresAt() : key.endsAt());
      table.row(
          key.name(),
          key.display(),
          key.api(),
          KeyWords.scopes(key),
          expires,
          times.lastUse(key.lastUsedAt()),
          key.state());
    }
    table.print(surroundings);
    if (keys.more()) {
      surroundings.say("There are more; give a higher --limit.");
    }
  }
}
