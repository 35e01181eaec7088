package io.bitting.cli.demo;

import io.bitting.access.Guard;
import io.bitting.client.BittingClient;
import io.bitting.client.CatalogText;
import io.bitting.client.OperationsUpload;
import io.bitting.client.Outcome;
import io.bitting.client.protocol.ApiForm;
import io.bitting.client.protocol.CatalogChange;
import io.bitting.client.protocol.CreatedKey;
import io.bitting.client.protocol.NewKey;
import io.bitting.client.protocol.NewOrganization;
import io.bitting.client.protocol.OperationsChange;
import io.bitting.client.protocol.SecretText;
import io.bitting.client.protocol.SetupAnswer;
import io.bitting.client.protocol.SetupRequest;
import io.bitting.id.ApiId;
import io.bitting.samples.appsec.AppsecApi;
import io.bitting.samples.personnel.PersonnelApi;
import io.bitting.server.BittingServer;
import io.bitting.server.ServerSettings;
import io.bitting.server.StartRefusedException;
import io.bitting.server.http.EdgeSettings;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A running demo: a server on loopback, organization "Demo", the sample APIs in the same process,
 * and keys for them. AppSec says in its code what an operation requires; for Personnel, its OpenAPI
 * document does. Everything is made over the HTTP interface, as a user would.
 *
 * <p>Thread-safe.
 */
public final class Demo implements AutoCloseable {
  /** The slug of the organization. */
  public static final String ORGANIZATION = "demo";

  private static final Duration LIFETIME = Duration.ofHours(24);
  private static final String APPSEC_PATH = "/demo/appsec";
  private static final String PERSONNEL = PersonnelApi.API.text();
  private static final String PERSONNEL_PATH = "/demo/personnel";

  private final DemoFolder folder;
  private final BittingServer server;
  private final SecretText ownerToken;
  private final CreatedKey reader;
  private final CreatedKey admin;
  private final CreatedKey personnelReader;
  private final String setupCode;

  private Demo(DemoFolder folder, BittingServer server, Clock clock) {
    this.folder = folder;
    this.server = server;
    URI base = URI.create("http://127.0.0.1:" + server.port());
    String code = server.setupCodeIfNone().orElseThrow().text();
    SetupAnswer owner =
        done(
            BittingClient.builder(base)
                .build()
                .setup(
                    new SetupRequest(
                        SecretText.of(code),
                        new NewOrganization(ORGANIZATION, "Demo"),
                        "demo-owner")));
    this.ownerToken = owner.token();
    BittingClient client = BittingClient.builder(base).token(() -> owner.token().reveal()).build();
    makeApi(client, "appsec", new ApiForm("AppSec", "nex"));
    makeApi(client, PERSONNEL, new ApiForm("Personnel", "prs"));
    importOperations(client, "appsec", AppsecApi.document(), APPSEC_PATH);
    importOperations(client, PERSONNEL, PersonnelApi.document(), PERSONNEL_PATH);
    Instant expiresAt = clock.instant().plus(LIFETIME);
    this.reader =
        makeKey(
            client,
            new NewKey(
                "appsec",
                "demo-reader",
                "reads scans, and nothing else",
                List.of("scans:read"),
                null,
                new NewKey.Expiry(expiresAt),
                null));
    this.admin =
        makeKey(
            client,
            new NewKey(
                "appsec",
                "demo-admin",
                "may do everything that the AppSec API offers",
                null,
                true,
                new NewKey.Expiry(expiresAt),
                null));
    this.personnelReader =
        makeKey(
            client,
            new NewKey(
                PERSONNEL,
                "personnel-reader",
                "reads users and groups, and nothing else",
                List.of("view:user", "view:group"),
                null,
                new NewKey.Expiry(expiresAt),
                null));
    this.setupCode = server.setupCodeIfNobody().orElseThrow().text();
  }

  private static void makeApi(BittingClient client, String api, ApiForm form) {
    done(client.putApi(api, form));
    CatalogText catalog = new CatalogText(CatalogText.Form.YAML, catalog(api + ".yaml"));
    CatalogChange change = done(client.putCatalog(api, catalog, Optional.empty()));
    if (!change.applied()) {
      throw new IllegalStateException("the catalog of " + api + " was not applied");
    }
  }

  /** Gives an API its operations. Some need no key, which is to be confirmed. */
  private static void importOperations(
      BittingClient client, String api, String document, String path) {
    OperationsUpload upload =
        new OperationsUpload(
            true, document, List.of(), List.of(), Optional.of(path), Optional.of(true));
    Optional<String> confirmation =
        Optional.ofNullable(done(client.tryOperations(api, upload)).confirmation());
    OperationsChange change = done(client.putOperations(api, upload, confirmation));
    if (!change.applied()) {
      throw new IllegalStateException("the operations of " + api + " were not applied");
    }
  }

  private static CreatedKey makeKey(BittingClient client, NewKey key) {
    return done(client.createKey(ORGANIZATION, key));
  }

  /**
   * Starts a demo.
   *
   * @param folder its folder, made anew
   * @param port the port for callers; 0 for any free one
   * @param adminPort the port for those who run it; 0 for any free one
   * @param clock tells the time
   * @throws StartRefusedException if it cannot start; nothing listens then
   */
  public static Demo start(Path folder, int port, int adminPort, Clock clock) {
    DemoFolder fresh = DemoFolder.fresh(folder);
    try {
      ServerSettings settings =
          new ServerSettings(
              new ServerSettings.Sqlite(fresh.path()),
              new EdgeSettings(
                  "127.0.0.1",
                  port,
                  port == 0 ? "" : "http://localhost:" + port,
                  Optional.empty(),
                  Set.of()),
              new ServerSettings.Address("127.0.0.1", adminPort),
              Optional.empty(),
              Optional.empty(),
              Duration.ofSeconds(60),
              // At once, for somebody who looks.
              Optional.of(Duration.ofSeconds(1)));
      BittingServer.Mount appsec =
          new BittingServer.Mount(
              APPSEC_PATH,
              (vertx, authorizer, base) -> {
                Router router = Router.router(vertx);
                Guard guard = new Guard(authorizer, new ApiId("appsec"));
                router
                    .route(APPSEC_PATH + "/*")
                    .subRouter(AppsecApi.router(vertx, guard, base, clock));
                return router;
              });
      BittingServer.Mount personnel =
          new BittingServer.Mount(
              PERSONNEL_PATH,
              (vertx, authorizer, base) -> {
                Router router = Router.router(vertx);
                router
                    .route(PERSONNEL_PATH + "/*")
                    .subRouter(PersonnelApi.router(vertx, authorizer, base, clock));
                return router;
              });
      BittingServer server = BittingServer.start(settings, List.of(appsec, personnel), clock);
      try {
        return new Demo(fresh, server, clock);
      } catch (RuntimeException e) {
        server.close();
        throw e;
      }
    } catch (RuntimeException e) {
      fresh.close();
      throw e;
    }
  }

  private static <T> T done(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T> done -> done.value();
      case Outcome.Refused<T> refused ->
          throw new IllegalStateException("the demo's own server refused: " + refused.problem());
    };
  }

  private static String catalog(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            Demo.class.getResourceAsStream("/io/bitting/cli/catalogs/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the address that callers know, without a slash at its end. */
  public String baseUrl() {
    return server.baseUrl();
  }

  /**
   * Returns the address at which somebody becomes the organization's first owner, once, within 30
   * minutes. The code is in the fragment, which browsers send to nobody.
   */
  public String setupLink() {
    return server.baseUrl() + "/setup#" + setupCode;
  }

  /** Returns the path of the AppSec sample API. */
  public String appsecPath() {
    return APPSEC_PATH;
  }

  /** Returns the token of the organization's owner. */
  public SecretText ownerToken() {
    return ownerToken;
  }

  /** Returns the key that may read scans, with its token. */
  public CreatedKey reader() {
    return reader;
  }

  /** Returns the key that may do everything, with its token. */
  public CreatedKey admin() {
    return admin;
  }

  /** Returns the path of the Personnel sample API. */
  public String personnelPath() {
    return PERSONNEL_PATH;
  }

  /** Returns the key that may read users and groups of Personnel, with its token. */
  public CreatedKey personnelReader() {
    return personnelReader;
  }

  /** Ends the demo; its folder stays until the next one. */
  @Override
  public void close() {
    server.close();
    folder.close();
  }
}
