package io.bitting.jdbc;

import io.bitting.fixtures.ApiMother;
import io.bitting.fixtures.CatalogMother;
import io.bitting.fixtures.KeyMother;
import io.bitting.fixtures.KeyMother.Made;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.OrganizationMother;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantedScopes;
import io.bitting.id.ApiId;
import io.bitting.id.DisplayName;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.key.Key;
import io.bitting.key.KeySecret;
import io.bitting.operation.Operations;
import io.bitting.organization.Organization;
import io.bitting.scope.AccessLevel;
import io.bitting.scope.Catalog;
import io.bitting.scope.Scope;
import io.bitting.seal.PepperKeyset;
import io.bitting.seal.SealAlarm;
import io.bitting.seal.Sealed;
import io.bitting.store.Api;
import io.bitting.store.ChangeSource;
import io.bitting.store.KeyRow;
import io.bitting.store.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Measures how long a node takes to read all keys at its start. Not a test: run it by hand, from
 * the root, with
 *
 * <pre>
 * mvn -q -pl jdbc -am test-compile; mvn -q -pl jdbc dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp jdbc/target/classes:jdbc/target/test-classes:core/target/classes:core/target/test-classes:$(cat jdbc/target/classpath) \
 *   io.bitting.jdbc.LoadMeasurement FOLDER [KEYS]</pre>
 *
 * <p>The folder gets a SQLite database with that many keys (a million unless said otherwise) of 500
 * grants and 1,000 organizations, unless it has one already, and the keyset beside it.
 */
final class LoadMeasurement {
  private static final int GRANTS = 500;
  private static final int ORGANIZATIONS = 1_000;
  private static final int SCOPES = 40;
  private static final int KEYS_A_TRANSACTION = 5_000;
  private static final int ROUNDS = 3;

  private LoadMeasurement() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int keys = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
    try (JdbcDatabase database = JdbcDatabase.sqlite(folder)) {
      SealAlarm alarm =
          (kind, id, verdict) -> {
            throw new IllegalStateException(kind + " " + id + " is " + verdict);
          };
      PepperKeyset keyset = keyset(folder);
      JdbcStorage storage = database.open(keyset, new MutableClock(), new SecureRandom(), alarm);
      if (storage.store().<List<?>>read(reader -> reader.apis()).isEmpty()) {
        long start = System.nanoTime();
        fill(database, storage, keyset, keys);
        System.out.printf("%,d keys written in %.1f s%n", keys, seconds(start));
      }
      for (int round = 1; round <= ROUNDS; round++) {
        Counting counting = new Counting();
        Duration cpu = cpu();
        long start = System.nanoTime();
        Position position = storage.changes().load(counting);
        System.out.printf(
            "round %d: %,d keys read in %.1f s, with %.1f s of processors, up to %s%n",
            round, counting.keys, seconds(start), cpu().minus(cpu).toMillis() / 1_000.0, position);
      }
      long start = System.nanoTime();
      for (int i = 0; i < 10_000; i++) {
        storage.store().<Position>read(reader -> reader.position());
      }
      System.out.printf("a read transaction of one row: %.1f µs%n", seconds(start) * 100);
    }
  }

  /**
   * Returns what the processors have done for this process: on a busy machine the better figure.
   */
  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static double seconds(long start) {
    return Duration.ofNanos(System.nanoTime() - start).toMillis() / 1_000.0;
  }

  private static PepperKeyset keyset(Path folder) throws Exception {
    Path file = folder.resolve("pepper");
    if (!Files.exists(file)) {
      Files.writeString(file, PepperKeyset.generate(new SecureRandom()).revealText());
    }
    return PepperKeyset.parse(Files.readString(file));
  }

  private static void fill(
      JdbcDatabase database, JdbcStorage storage, PepperKeyset keyset, int keys) {
    Api api = ApiMother.api().build();
    CatalogMother catalog = CatalogMother.empty(api.id());
    for (int i = 0; i < SCOPES; i++) {
      catalog.scope("scope:n" + i, AccessLevel.WRITE);
    }
    List<Organization> organizations = new ArrayList<>();
    storage
        .store()
        .write(writer -> {
          writer.insertApi(api);
          writer.putCatalog(catalog.build());
          for (int i = 0; i < ORGANIZATIONS; i++) {
            Organization organization = OrganizationMother.organization().build();
            writer.insertOrganization(organization);
            organizations.add(organization);
          }
          return true;
        });
    List<Grant> grants = grants(api.id());
    // The grants come by way of the product, a key each; the other keys in batches, which is ten
    // times as fast.
    storage
        .store()
        .write(writer -> {
          for (int i = 0; i < GRANTS; i++) {
            Made made = made(organizations, api, grants, i);
            writer.insertKey(made.key(), made.secret());
          }
          return true;
        });
    for (int from = GRANTS; from < keys; from += KEYS_A_TRANSACTION) {
      int begin = from;
      int end = Math.min(keys, begin + KEYS_A_TRANSACTION);
      database
          .engine()
          .write(handle ->
              new Engine.Outcome<>(
                  insert(handle, keyset, begin, end, i -> made(organizations, api, grants, i)),
                  true));
    }
  }

  private static Made made(List<Organization> organizations, Api api, List<Grant> grants, int i) {
    return KeyMother.key(organizations.get(i % ORGANIZATIONS).id(), api.id())
        .grant(grants.get(i % GRANTS))
        .expiresAt(MutableClock.START.plus(Duration.ofDays(90)))
        .build();
  }

  private static int insert(
      Handle handle, PepperKeyset keyset, int begin, int end, IntFunction<Made> maker) {
    PreparedBatch keys =
        handle.prepareBatch(
            "INSERT INTO api_keys (id, organization_id, api, grant_id, name, name_folded, purpose, purpose_folded, state, created_at, created_by_kind, created_by, revoked_at, revision, pepper_version, seal) VALUES (?, ?, ?, ?, ?, ?, '', '', 'active', ?, ?, ?, NULL, 1, 1, ?)");
    PreparedBatch secrets =
        handle.prepareBatch(
            "INSERT INTO key_secrets (key_id, number, digest, created_at, expires_at, revision, pepper_version, seal) VALUES (?, 1, ?, ?, ?, 1, 1, ?)");
    for (int i = begin; i < end; i++) {
      Made made = maker.apply(i);
      Key key = made.key();
      long createdAt = key.createdAt().toEpochMilli();
      keys.add(
          key.id().text(),
          key.organization().text(),
          key.api().text(),
          key.grantId().text(),
          key.name(),
          DisplayName.folded(key.name()),
          createdAt,
          key.createdBy().kind().code(),
          key.createdBy().id(),
          keyset.seal(key.canonical()).mac().toArray());
      KeySecret secret = made.secret();
      secrets.add(
          key.id().text(),
          secret.digest().toBytes(),
          createdAt,
          Rows.millis(secret.expiresAt()),
          keyset.seal(secret.canonical()).mac().toArray());
    }
    keys.execute();
    secrets.execute();
    return end - begin;
  }

  private static List<Grant> grants(ApiId api) {
    SplittableRandom random = new SplittableRandom(42);
    TreeSet<String> seen = new TreeSet<>();
    List<Grant> grants = new ArrayList<>();
    while (grants.size() < GRANTS) {
      TreeSet<Scope> scopes = new TreeSet<>();
      for (int i = 0; i < 12; i++) {
        scopes.add(new Scope("scope:n" + random.nextInt(SCOPES)));
      }
      Grant grant = Grant.of(api, GrantedScopes.specific(scopes));
      if (seen.add(grant.id().text())) {
        grants.add(grant);
      }
    }
    return grants;
  }

  /** Counts what comes, and keeps nothing. */
  private static final class Counting implements ChangeSource.Intake {
    private int keys;

    @Override
    public void organization(Sealed<Organization> row) {}

    @Override
    public void api(Sealed<Api> row) {}

    @Override
    public void catalog(Sealed<Catalog> row) {}

    @Override
    public void key(Sealed<KeyRow> row) {
      if (row.intact().isPresent()) {
        keys++;
      }
    }

    @Override
    public void operations(Sealed<Operations> row) {}

    @Override
    public void operationsGone(ApiId id) {}

    @Override
    public void organizationGone(OrganizationId id) {}

    @Override
    public void apiGone(ApiId id) {}

    @Override
    public void keyGone(KeyId id) {}
  }
}
