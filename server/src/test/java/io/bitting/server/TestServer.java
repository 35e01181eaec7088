package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bitting.id.Base62;
import io.bitting.jdbc.TestDatabases;
import io.bitting.server.acting.Quotas;
import io.bitting.server.docs.Exchange;
import io.bitting.server.docs.OpenApiContract;
import io.bitting.server.http.EdgeSettings;
import io.bitting.server.http.Route;
import io.bitting.store.Store;
import io.bitting.usage.UsageReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real server on a free port with a database of its own, its first owner set up, and a client for
 * it. Every answer is held against the OpenAPI document.
 */
public final class TestServer implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final OpenApiContract CONTRACT = OpenApiContract.ofDocument();

  private final Path folder;
  private final BittingServer server;
  private final List<BittingServer.Mount> mounts;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger count = new AtomicInteger();
  private String ownerToken = "";

  /** The one that most tests share; each makes organizations and APIs of its own on it. */
  private static final class Shared {
    private static final TestServer SERVER = startForEnvoyToo();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close, "close-shared-server"));
    }
  }

  /** The same on PostgreSQL. */
  private static final class SharedOnPostgresql {
    private static final TestServer SERVER = startOnPostgresqlWithoutOwner().setUp();

    static {
      // Not closed: PostgreSQL ends at the same moment, and a server would wait for it in vain.
      Runtime.getRuntime()
          .addShutdownHook(new Thread(SERVER::deleteFolder, "delete-folder-of-postgresql-server"));
    }
  }

  /** What was answered. */
  public record Reply(int status, HttpResponse<byte[]> response) {
    public JsonNode json() {
      return parse(text());
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** Returns it if it is an answer that went well. */
    public Reply ok() {
      assertThat(status).as(text()).isBetween(200, 299);
      return this;
    }

    @Override
    public String toString() {
      return status + " " + text();
    }
  }

  private TestServer(Path folder, BittingServer server, List<BittingServer.Mount> mounts) {
    this.folder = folder;
    this.server = server;
    this.mounts = mounts;
  }

  /** Returns the server that tests share. To be left running. */
  public static TestServer shared() {
    return Shared.SERVER;
  }

  /** Returns the server on PostgreSQL that tests share. To be left running. */
  public static TestServer sharedOnPostgresql() {
    return SharedOnPostgresql.SERVER;
  }

  private static TestServer startForEnvoyToo() {
    Path folder = newFolder();
    ServerSettings usual = settings(new ServerSettings.Sqlite(folder));
    return start(
        folder,
        new ServerSettings(
            usual.database(),
            usual.edge(),
            usual.admin(),
            Optional.of(new ServerSettings.Address("127.0.0.1", 0)),
            usual.pepperFile(),
            usual.maxStale()));
  }

  /** Starts a server on SQLite in a new folder. */
  public static TestServer start() {
    return start(Clock.systemUTC(), List.of());
  }

  /** Starts a server on SQLite in a new folder. */
  public static TestServer start(Clock clock, List<BittingServer.Mount> mounts) {
    return startWithoutOwner(clock, mounts).setUp();
  }

  /**
   * Starts a server on SQLite in a new folder, whose reviews go by another record of use, and whose
   * owner's key never expires.
   */
  public static TestServer startReviewing(Clock clock, UsageReader usage) {
    Path folder = newFolder();
    BittingServer server =
        BittingServer.start(
            settings(new ServerSettings.Sqlite(folder)),
            List.of(),
            clock,
            Optional.of(usage),
            Quotas.ofDefaults(System::nanoTime));
    TestServer made = new TestServer(folder, server, List.of()).setUp();
    made.ownerToken = made.operator().endless().owner();
    return made;
  }

  /** Starts a server on SQLite in a new folder, whose organizations may make as much as told. */
  static TestServer startWithin(Quotas quotas) {
    Path folder = newFolder();
    return new TestServer(
            folder,
            BittingServer.start(
                settings(new ServerSettings.Sqlite(folder)),
                List.of(),
                Clock.systemUTC(),
                Optional.empty(),
                quotas),
            List.of())
        .setUp();
  }

  /** Starts a server on SQLite in a new folder that nobody owns yet. */
  public static TestServer startWithoutOwner(Clock clock, List<BittingServer.Mount> mounts) {
    Path folder = newFolder();
    return new TestServer(
        folder,
        BittingServer.start(settings(new ServerSettings.Sqlite(folder)), mounts, clock),
        mounts);
  }

  /** Starts a server on a new PostgreSQL database that nobody owns yet. */
  public static TestServer startOnPostgresqlWithoutOwner() {
    Path folder = newFolder();
    Path pepper = folder.resolve("pepper.keyset");
    Keysets.create(pepper, new SecureRandom());
    ServerSettings settings =
        settings(
            new ServerSettings.Postgresql(
                TestDatabases.postgresql().url(), Optional.empty(), Optional.empty()));
    return new TestServer(
        folder,
        BittingServer.start(
            new ServerSettings(
                settings.database(),
                settings.edge(),
                settings.admin(),
                settings.grpc(),
                Optional.of(pepper),
                settings.maxStale())),
        List.of());
  }

  /** Starts a server in a folder, as settings say, with its owner set up. */
  public static TestServer start(Path folder, ServerSettings settings) {
    return new TestServer(folder, BittingServer.start(settings), List.of()).setUp();
  }

  /**
   * Starts a server on what another one left behind, whose owner is known.
   *
   * @param folder deleted by {@link #close}
   * @param settings how it runs
   * @param ownerToken the token of the first owner
   */
  public static TestServer restart(Path folder, ServerSettings settings, String ownerToken) {
    TestServer server = new TestServer(folder, BittingServer.start(settings), List.of());
    server.ownerToken = ownerToken;
    return server;
  }

  private TestServer setUp() {
    return setUp(server.setupCodeIfNone().orElseThrow().text());
  }

  /** Makes the first owner by the setup code. */
  TestServer setUp(String code) {
    ownerToken = post("", "/v1/setup", json("code", code)).ok().json().path("token").asText();
    return this;
  }

  /** Finds a port that nobody listens on, for what has to know it before. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a folder for a database, to be deleted by {@link #close} of the server on it. */
  public static Path newFolder() {
    try {
      return Files.createTempDirectory("bitting-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Listens on free loopback ports. */
  public static ServerSettings settings(ServerSettings.Database database) {
    return settings(database, new EdgeSettings("127.0.0.1", 0, "", Optional.empty(), Set.of()));
  }

  /** Listens as told. */
  public static ServerSettings settings(ServerSettings.Database database, EdgeSettings edge) {
    return new ServerSettings(
        database,
        edge,
        new ServerSettings.Address("127.0.0.1", 0),
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(60));
  }

  public BittingServer server() {
    return server;
  }

  /** Returns the routes of every page and form of the console. */
  public Collection<Route> pages() {
    return List.copyOf(server.pages());
  }

  public Path folder() {
    return folder;
  }

  /** Carries what was counted into the usage ledger. */
  public void flushUsage() {
    server.flushUsage();
  }

  /** Returns what the server keeps everything in, for rows that nobody can make by asking. */
  public Store store() {
    return server.store();
  }

  /** Does every chore once. */
  public void runUpkeep() {
    server.upkeep().runAll();
  }

  /** Returns the token of the first owner, which reaches everything. */
  public String ownerToken() {
    return ownerToken;
  }

  /** Returns a name that was not used yet on this server. */
  public String unique(String name) {
    return name + "-" + count.incrementAndGet();
  }

  /** Returns the operator organization. */
  public Tenant operator() {
    JsonNode whoami = get(ownerToken, "/v1/whoami").ok().json();
    return new Tenant(
        this,
        whoami.at("/organization/id").asText(),
        whoami.at("/organization/slug").asText(),
        ownerToken);
  }

  /** Makes an organization with its owner's key. */
  public Tenant tenant() {
    String slug = unique("tenant");
    JsonNode made =
        post(ownerToken, "/v1/organizations", json("slug", slug, "name", "Tenant " + slug))
            .ok()
            .json();
    JsonNode setUp =
        post("", "/v1/setup", json("code", made.path("setup_code").asText())).ok().json();
    return new Tenant(
        this, setUp.at("/organization/id").asText(), slug, setUp.path("token").asText());
  }

  /**
   * Makes an API whose catalog has {@code orders:read}, {@code orders:write} (which implies it),
   * {@code orders:refund}, {@code bot}, the retired {@code orders:export}, and includes {@code
   * org:read}, {@code org:write}, {@code keys:read} and {@code keys:issue}; and the templates
   * {@code Shop window} and {@code Till}.
   */
  public String api() {
    String api = unique("shop");
    String catalog =
        """
        catalog: 1
        api: %s
        name: Shop
        prefix: %s
        scopes:
          - {scope: orders:read, category: Orders, access: read, description: Shows orders.}
          - {scope: orders:write, category: Orders, access: write, description: Places orders., implies: [orders:read]}
          - {scope: orders:refund, category: Orders, access: danger, description: Pays back.}
          - {scope: orders:export, category: Orders, access: read, description: Was of use once., retired: true}
          - {scope: bot, category: Orders, access: write, description: Talks.}
          - {include: org:read, category: Organization}
          - {include: org:write, category: Organization}
          - {include: keys:read, category: Organization}
          - {include: keys:issue, category: Organization}
        templates:
          - {name: Shop window, description: Shows orders., scopes: [orders:read]}
          - {name: Till, description: Sells and pays back., scopes: [orders:write, orders:refund]}
        """
            .formatted(api, prefix(api));
    put(ownerToken, "/v1/apis/" + api, json("name", "Shop", "prefix", prefix(api))).ok();
    send("PUT", ownerToken, "/v1/apis/" + api + "/catalog", "application/yaml", catalog).ok();
    return api;
  }

  /** Returns the key prefix that {@link #api} gives to an API. */
  public static String prefix(String api) {
    return api.replace('-', '_');
  }

  /** Returns the position of the database, and that of no change after it. */
  public String position() {
    return get(ownerToken, "/v1/whoami").ok().header("Bitting-As-Of");
  }

  /** Returns a token of the right form whose key does not exist. */
  public static String unknownToken(String prefix) {
    byte[] random = new byte[44];
    Base62.fill(new Random(4711), random, 0, random.length);
    return withChecksum(prefix + "_" + new String(random, StandardCharsets.US_ASCII));
  }

  /** Returns a token's text with its last six characters made anew. */
  public static String withChecksum(String withoutChecksum) {
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(withoutChecksum.getBytes(StandardCharsets.US_ASCII));
    String digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    StringBuilder checksum = new StringBuilder();
    for (long rest = crc.getValue(); checksum.length() < 6; rest /= 62) {
      checksum.insert(0, digits.charAt((int) (rest % 62)));
    }
    return withoutChecksum + checksum;
  }

  /** Writes an object of names and values in turn. */
  public static String json(Object... members) {
    ObjectNode object = MAPPER.createObjectNode();
    for (int i = 0; i < members.length; i += 2) {
      object.set(String.valueOf(members[i]), MAPPER.valueToTree(members[i + 1]));
    }
    return object.toString();
  }

  /** Reads JSON. */
  public static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Checks a token, as its API would; returns the decision and, if there is one, the reason. */
  public String verify(String token, String api, String... scopes) {
    JsonNode answer =
        post(ownerToken, "/v1/verify", json("token", token, "api", api, "required_scopes", scopes))
            .ok()
            .json();
    return answer.path("decision").asText()
        + (answer.path("reason").isNull() ? "" : " " + answer.path("reason").asText());
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  public Reply get(String token, String path) {
    return send(request(token, path).GET().build());
  }

  public Reply post(String token, String path, String json) {
    return send("POST", token, path, "application/json", json);
  }

  /**
   * Posts by a name: whatever is sent again by it is not made again.
   *
   * @param name the header {@code Idempotency-Key}
   */
  public Reply postNamed(String token, String path, String name, String json) {
    return send(
        request(token, path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", name)
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  public Reply put(String token, String path, String json) {
    return send("PUT", token, path, "application/json", json);
  }

  public Reply patch(String token, String path, String json) {
    return send("PATCH", token, path, "application/json", json);
  }

  public Reply send(String method, String token, String path, String mediaType, String body) {
    HttpRequest request =
        request(token, path)
            .header("Content-Type", mediaType)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return send(request, Optional.of(new Exchange.Sent(mediaType, body)));
  }

  /** Begins a request; without a token if it is empty. */
  public HttpRequest.Builder request(String token, String path) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30));
    return token.isEmpty() ? builder : builder.header("Authorization", "Bearer " + token);
  }

  public Reply send(HttpRequest request) {
    return send(request, Optional.empty());
  }

  private Reply send(HttpRequest request, Optional<Exchange.Sent> sent) {
    Reply reply = browse(request);
    Exchange exchange = Exchange.of(reply.response());
    check(sent.isEmpty() ? exchange : exchange.sent(sent.get().mediaType(), sent.get().text()));
    return reply;
  }

  /** Asks as a browser does, for a page of the console. Pages are in no OpenAPI document. */
  public Reply browse(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return new Reply(response.statusCode(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void check(Exchange exchange) {
    if (mounts.stream().noneMatch(mount -> exchange.target().startsWith(mount.path() + "/"))) {
      CONTRACT.check(exchange);
    }
  }

  /** Asks the listener of those who run the server. Its answers are in no OpenAPI document. */
  public Reply admin(String method, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.adminPort() + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return browse(request);
  }

  /** Reads a whole list, page by page. */
  public List<JsonNode> items(String token, String path, int limit) {
    List<JsonNode> items = new ArrayList<>();
    String more = path + (path.indexOf('?') < 0 ? "?" : "&") + "limit=" + limit;
    String cursor = "";
    do {
      JsonNode page = get(token, more + cursor).ok().json();
      page.path("items").forEach(items::add);
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asText();
    } while (!cursor.isEmpty());
    return items;
  }

  /** Stops, and leaves everything in its folder for the next one. */
  public void stop() {
    client.close();
    server.close();
  }

  @Override
  public void close() {
    stop();
    deleteFolder();
  }

  private void deleteFolder() {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
