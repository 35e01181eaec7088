package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.KeyQuery;
import io.bitting.client.protocol.KeyAnswer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    header = "List keys, newest first.",
    footer = {
      "  bitting keys list",
      "  bitting keys list --state active --scope scans:delete",
      "  bitting keys list --expires-within 7d -o json"
    })
final class ListKeys implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Keys in this state: ${COMPLETION-CANDIDATES}.")
  private @Nullable State state;

  /** In which state a key may be. */
  enum State {
    active,
    disabled,
    expired,
    revoked
  }

  @Option(names = "--api", paramLabel = "API", description = "Keys of this API.")
  private @Nullable String api;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description = "Keys whose grant names this scope.")
  private @Nullable String scope;

  @Option(
      names = "--created-by",
      paramLabel = "ID",
      description = "Keys that this key or member made.")
  private @Nullable String createdBy;

  @Option(
      names = "--expires-within",
      paramLabel = "TIME",
      description = "Keys that expire within 7d, 36h.")
  private @Nullable String expiresWithin;

  @Option(names = "--all-scopes", description = "Keys with all scopes.")
  private boolean allScopes;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "Keys with this in name, purpose or id.")
  private @Nullable String text;

  @Option(names = "--limit", paramLabel = "N", description = "At most this many. All unless given.")
  private int limit = Pages.ROWS_MAX;

  @Mixin private final Connection connection;
  @Mixin private final InOrganization inOrganization = new InOrganization();
  @Mixin private final Presentation presentation;

  ListKeys(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.connection = new Connection(surroundings);
    this.presentation = new Presentation(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    KeyQuery query = query();
    Pages.Some<KeyAnswer> keys =
        Pages.first(
            limit, cursor -> client.keys(organization, cursor.map(query::after).orElse(query)));
    if (keys.rows().isEmpty()) {
      new Offered(client).checkFilters(Optional.ofNullable(api), Optional.ofNullable(scope));
    }
    presentation.show(keys.rows(), () -> print(organization, keys));
    return ExitCode.OK;
  }

  private boolean isFiltered() {
    return allScopes
        || Stream.of(state, api, scope, createdBy, expiresWithin, text).anyMatch(Objects::nonNull);
  }

  private KeyQuery query() {
    KeyQuery query = KeyQuery.all().limit(Math.clamp(limit, 1, 200));
    query = state == null ? query : query.state(state.name());
    query = api == null ? query : query.api(api);
    query = scope == null ? query : query.scope(scope);
    query = createdBy == null ? query : query.createdBy(createdBy);
    query = expiresWithin == null ? query : query.expiresWithin(expiresWithin);
    query = text == null ? query : query.text(text);
    return allScopes ? query.allScopes(true) : query;
  }

  private void print(String organization, Pages.Some<KeyAnswer> keys) {
    if (keys.rows().isEmpty()) {
      surroundings.say(
          isFiltered()
              ? "No key of " + organization + " is like that."
              : "Organization "
                  + organization
                  + " has no keys. Create one: bitting keys create --help");
      return;
    }
    Times times = new Times(surroundings.clock());
    Table table = new Table("name", "key", "api", "scopes", "expires", "status");
    for (KeyAnswer key : keys.rows()) {
      boolean dead = key.state().equals("revoked");
      String expires =
          dead ? "-" : times.expiry(key.endsAt() == null ? key.expiresAt() : key.endsAt());
      table.row(key.name(), key.display(), key.api(), KeyWords.scopes(key), expires, key.state());
    }
    table.print(surroundings);
    if (keys.more()) {
      surroundings.say("There are more; give a higher --limit.");
    }
  }
}
