package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.access.AccessRequest;
import io.bitting.access.Decision;
import io.bitting.access.Follower;
import io.bitting.access.KeyIndex;
import io.bitting.access.LocalAuthorizer;
import io.bitting.audit.Actor;
import io.bitting.fixtures.AlarmRecord;
import io.bitting.grant.Ceiling;
import io.bitting.id.ApiId;
import io.bitting.id.OrganizationId;
import io.bitting.issue.IssuedKey;
import io.bitting.issue.Issuer;
import io.bitting.issue.Issuing;
import io.bitting.issue.KeyRequest;
import io.bitting.jdbc.JdbcDatabase;
import io.bitting.jdbc.JdbcStorage;
import io.bitting.organization.Organization;
import io.bitting.scope.Requirement;
import io.bitting.seal.Sealed;
import io.bitting.store.Writer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * N4: a key passes once its creation was answered, and no check that begins after its revocation
 * was answered passes.
 */
final class RevocationTest {
  /** 10,000 by the command of docs/testing.md. */
  private static final int ROUNDS = Integer.getInteger("bitting.revocations", 500);

  private static final int THREADS = 4;

  /** What came of many rounds. */
  private record Outcome(int rounds, int refusedBefore, int allowedAfter) {}

  /** For each key, in several threads: it passes, is revoked, and passes no more. */
  private static Outcome play(Tenant tenant, List<Tenant.Made> keys, Predicate<String> passes) {
    AtomicInteger refusedBefore = new AtomicInteger();
    AtomicInteger allowedAfter = new AtomicInteger();
    Race.of(
        THREADS,
        runner -> {
          try (RawHttp.Connection connection =
              new RawHttp.Connection(tenant.server().server().port())) {
            for (int i = runner; i < keys.size(); i += THREADS) {
              Tenant.Made key = keys.get(i);
              if (!passes.test(key.token())) {
                refusedBefore.incrementAndGet();
              }
              assertThat(connection.post(tenant.path(key, "/revoke"), tenant.owner()))
                  .isEqualTo(200);
              if (passes.test(key.token())) {
                allowedAfter.incrementAndGet();
              }
            }
          }
          return runner;
        });
    // And later neither.
    keys.stream()
        .filter(key -> passes.test(key.token()))
        .forEach(key -> allowedAfter.incrementAndGet());
    return new Outcome(keys.size(), refusedBefore.get(), allowedAfter.get());
  }

  private static Predicate<String> by(LocalAuthorizer authorizer) {
    Requirement requirement = new Requirement.AnyValidKey();
    return token ->
        authorizer.authorize(new AccessRequest(token, ApiId.BITTING, requirement))
            instanceof Decision.Allowed;
  }

  @Test
  void revoke_manyTimes_noLaterCheckPasses() {
    try (TestServer server = TestServer.start();
        Second second = Second.on(server)) {
      Tenant operator = server.operator();
      List<Tenant.Made> keys = second.issue(operator, ROUNDS);
      // A change is answered once the server has seen it, and all before it.
      operator.key("bitting", "org:read");
      Outcome outcome = play(operator, keys, by(server.server().authorizer()));
      assertThat(outcome).isEqualTo(new Outcome(ROUNDS, 0, 0));
      System.out.println("revocations: " + outcome);
    }
  }

  /** The control: with a follower that stopped, the same harness reports every round. */
  @Test
  void harness_withAFollowerThatStopped_reportsViolations() {
    try (TestServer server = TestServer.start();
        Second second = Second.on(server)) {
      Tenant operator = server.operator();
      List<Tenant.Made> keys = second.issue(operator, 50);
      LocalAuthorizer stale = second.authorizerThatStopped();
      Outcome outcome = play(operator, keys, by(stale));
      assertThat(outcome).isEqualTo(new Outcome(50, 0, 100));
    }
  }

  /** Creation and revocation by HTTP alone, and checks by HTTP too, on either database. */
  @Test
  void createThenRevoke_byHttp_areSeenAtOnce() {
    for (TestServer server : List.of(TestServer.shared(), TestServer.sharedOnPostgresql())) {
      Tenant tenant = server.tenant();
      AtomicInteger count = new AtomicInteger();
      Race.of(
          THREADS,
          runner -> {
            for (int i = 0; i < 40; i++) {
              Tenant.Made key = tenant.key("bitting", "org:read");
              assertThat(server.verify(key.token(), "bitting", "org:read")).isEqualTo("allowed");
              tenant.change(key, "disable").ok();
              assertThat(server.verify(key.token(), "bitting", "org:read"))
                  .isEqualTo("denied key_disabled");
              tenant.change(key, "enable").ok();
              assertThat(server.verify(key.token(), "bitting", "org:read")).isEqualTo("allowed");
              tenant.change(key, "revoke").ok();
              assertThat(server.verify(key.token(), "bitting", "org:read"))
                  .isEqualTo("denied key_revoked");
              count.incrementAndGet();
            }
            return runner;
          });
      assertThat(count).hasValue(40 * THREADS);
    }
  }

  /** Another process on the database of a server: makes keys quickly, and may follow on its own. */
  private static final class Second implements AutoCloseable {
    private static final int AT_ONCE = 500;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock = Clock.systemUTC();
    private final JdbcDatabase database;
    private final JdbcStorage storage;

    private Second(JdbcDatabase database, TestServer server) {
      this.database = database;
      this.storage =
          database.open(
              Keysets.read(server.folder().resolve(Keysets.FILE)),
              clock,
              random,
              new AlarmRecord());
    }

    static Second on(TestServer server) {
      return new Second(JdbcDatabase.sqlite(server.folder()), server);
    }

    /** Issues keys by the one issuing function, many in one transaction. */
    List<Tenant.Made> issue(Tenant tenant, int count) {
      Issuing issuing = new Issuing(clock, random);
      List<Tenant.Made> keys = new ArrayList<>();
      while (keys.size() < count) {
        int from = keys.size();
        keys.addAll(
            storage
                .store()
                .write(writer ->
                    IntStream.range(from, Math.min(from + AT_ONCE, count))
                        .mapToObj(i -> issue(issuing, writer, tenant, "bulk " + i))
                        .toList())
                .result());
      }
      return keys;
    }

    private static Tenant.Made issue(Issuing issuing, Writer writer, Tenant tenant, String name) {
      Organization organization =
          writer
              .lockOrganization(OrganizationId.parse(tenant.id()).orElseThrow())
              .flatMap(Sealed::intact)
              .orElseThrow();
      Issuer operator =
          new Issuer(
              new Actor(Actor.Kind.OPERATOR, "test"),
              new Ceiling.Everything(),
              Optional.empty(),
              Optional.empty());
      KeyRequest request =
          new KeyRequest(
              "bitting",
              name,
              "",
              new KeyRequest.SomeScopes(List.of("org:read")),
              new KeyRequest.UsualExpiry(),
              Optional.empty());
      IssuedKey key =
          ((Issuing.Issued) issuing.issue(writer, organization, operator, request)).key();
      return new Tenant.Made(key.row().key().id().text(), key.revealOnce(), TestServer.parse("{}"));
    }

    /** Returns an authorizer that knows the keys as they are now, and hears of nothing more. */
    LocalAuthorizer authorizerThatStopped() {
      KeyIndex index = new KeyIndex();
      try (Follower follower =
          new Follower(
              storage.changes(),
              index,
              Follower.Timing.ofDefaults(),
              failure -> {
                throw failure;
              })) {
        follower.start();
      }
      return new LocalAuthorizer(index, clock, Duration.ofHours(1));
    }

    @Override
    public void close() {
      database.close();
    }
  }
}
