package io.bitting.races;

import io.bitting.client.BittingClient;
import io.bitting.client.CatalogText;
import io.bitting.client.protocol.ApiForm;
import io.bitting.client.protocol.Check;
import io.bitting.client.protocol.CreatedKey;
import io.bitting.client.protocol.NewKey;
import io.bitting.client.protocol.NewOrganization;
import io.bitting.client.protocol.SecretText;
import io.bitting.client.protocol.SetupRequest;
import io.bitting.client.protocol.VerifyAnswer;
import io.bitting.jdbc.TestDatabase;
import io.bitting.jdbc.TestDatabases;
import io.bitting.server.BittingServer;
import io.bitting.server.Keysets;
import io.bitting.server.ServerSettings;
import io.bitting.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A server in this process, and those who ask it. */
final class Node implements AutoCloseable {
  static final String API = "appsec";
  static final String ORGANIZATION = "operator";
  static final List<String> SCOPES = List.of("scans:read");

  private final BittingServer server;

  private Node(BittingServer server) {
    this.server = server;
  }

  /**
   * Starts a node.
   *
   * @param database its data
   * @param pepper the keyset file, made if it is missing; used if the database is PostgreSQL
   */
  static Node on(TestDatabase database, Path pepper) {
    ServerSettings settings =
        switch (database) {
          case TestDatabases.Sqlite sqlite ->
              TestServer.settings(new ServerSettings.Sqlite(sqlite.folder()));
          case TestDatabases.Postgresql postgresql -> {
            if (!Files.exists(pepper)) {
              Keysets.create(pepper, new SecureRandom());
            }
            ServerSettings any =
                TestServer.settings(
                    new ServerSettings.Postgresql(
                        postgresql.url(), Optional.empty(), Optional.empty()));
            yield new ServerSettings(
                any.database(),
                any.edge(),
                any.admin(),
                any.grpc(),
                Optional.of(pepper),
                any.maxStale());
          }
          default -> throw new IllegalArgumentException("no such database: " + database);
        };
    return new Node(BittingServer.start(settings));
  }

  /** Makes the first owner, and the API with its catalog. */
  SecretText setUp() {
    SecretText code = SecretText.of(server.setupCodeIfNone().orElseThrow().text());
    SecretText owner =
        BittingClient.builder(base())
            .build()
            .setup(new SetupRequest(code, null, null))
            .orThrow()
            .token();
    BittingClient client = client(owner);
    client.putApi(API, new ApiForm("AppSec", "nex")).orThrow();
    try {
      String catalog = Files.readString(Path.of("..", "catalogs", "appsec.yaml"));
      client
          .putCatalog(API, new CatalogText(CatalogText.Form.YAML, catalog), Optional.empty())
          .orThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return owner;
  }

  /** Makes an organization with its owner's key. */
  SecretText organization(SecretText owner, String slug) {
    SecretText code =
        client(owner).createOrganization(new NewOrganization(slug, slug)).orThrow().setupCode();
    return BittingClient.builder(base())
        .build()
        .setup(new SetupRequest(code, null, null))
        .orThrow()
        .token();
  }

  /** Returns its address. */
  URI base() {
    return URI.create(server.baseUrl());
  }

  BittingClient client(SecretText token) {
    return client(() -> token);
  }

  /** Returns a client that asks with whatever token is the right one at the time. */
  BittingClient client(Supplier<SecretText> token) {
    return BittingClient.builder(base())
        .token(() -> token.get().reveal())
        .timeout(Duration.ofSeconds(20))
        .build();
  }

  /** Asks for a key of the sample API. */
  static NewKey key(String name) {
    return new NewKey(API, name, null, SCOPES, null, null, null);
  }

  /** Has a key checked. */
  static VerifyAnswer check(BittingClient caller, CreatedKey key) {
    return caller.verify(new Check(key.token(), API, SCOPES, null, null, null, null)).orThrow();
  }

  @Override
  public void close() {
    server.close();
  }
}
