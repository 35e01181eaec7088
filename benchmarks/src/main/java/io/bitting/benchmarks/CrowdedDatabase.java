package io.bitting.benchmarks;

import io.bitting.grant.Grant;
import io.bitting.grant.GrantedScopes;
import io.bitting.id.Base62;
import io.bitting.id.MemberId;
import io.bitting.id.PersonId;
import io.bitting.id.SignInId;
import io.bitting.jdbc.JdbcDatabase;
import io.bitting.jdbc.JdbcStorage;
import io.bitting.key.Key;
import io.bitting.member.Factor;
import io.bitting.member.MailAddress;
import io.bitting.member.Member;
import io.bitting.member.Person;
import io.bitting.member.SignIn;
import io.bitting.organization.Organization;
import io.bitting.organization.Role;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.seal.Bytes;
import io.bitting.server.setup.BuiltInApi;
import io.bitting.store.Store;
import io.bitting.usage.Counted;
import io.bitting.usage.Demand;
import io.bitting.usage.Harvest;
import io.bitting.usage.Origin;
import io.bitting.usage.UsageLedger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A database with organizations of different sizes, in each of which somebody is signed in, and
 * every second key was used. Filled through the store, so that rows are sealed.
 */
final class CrowdedDatabase {
  private static final int BATCH = 5_000;
  private static final String[] KINDS = {
    "import", "export", "scanner", "billing", "report", "sync"
  };

  private final SecureRandom random = new SecureRandom();
  private final Clock clock = Clock.systemUTC();
  private final Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
  private final Population population = new Population(now);
  private long batches;

  /**
   * An organization.
   *
   * @param keys how many keys it has
   * @param cookie what proves that its owner is signed in
   * @param key one of its keys
   */
  record Crowd(int keys, String cookie, String key) {}

  /** Fills the database of a new folder with an organization for each size. */
  List<Crowd> fill(Path folder, int... sizes) throws IOException {
    List<Crowd> crowds = new ArrayList<>();
    try (JdbcDatabase database = JdbcDatabase.sqlite(folder)) {
      JdbcStorage storage = FilledDatabase.open(database, folder, clock, random);
      Store store = storage.store();
      storage.usage().begin(now.minus(Duration.ofDays(100)));
      BuiltInApi.ensure(store, clock);
      store.write(writer -> {
        writer.insertApi(population.api());
        writer.putCatalog(population.catalog());
        writer.putOperations(population.operations());
        return 0;
      });
      for (int size : sizes) {
        crowds.add(crowd(storage, size));
      }
      storage.usage().end(now);
    }
    return crowds;
  }

  private Crowd crowd(JdbcStorage storage, int size) {
    Store store = storage.store();
    Organization organization = population.organization("crowd-" + size, false);
    String cookie = letters(32);
    store.write(writer -> {
      writer.insertOrganization(organization);
      Person owner = person(size, 0);
      writer.people().insertPerson(owner);
      writer.people().insertMember(member(organization, owner, Role.OWNER));
      writer
          .credentials()
          .insertSignIn(
              new SignIn(
                  SignInId.generate(random),
                  Bytes.sha256(cookie),
                  owner.id(),
                  now,
                  now,
                  Map.of(Factor.PASSWORD, now),
                  "127.0.0.1",
                  "benchmarks",
                  null));
      for (int i = 1; i < 20; i++) {
        Person person = person(size, i);
        writer.people().insertPerson(person);
        writer.people().insertMember(member(organization, person, Role.MEMBER));
      }
      return 0;
    });
    Grant some =
        Grant.of(population.api().id(), GrantedScopes.specific(List.of(Population.COMMON)));
    Grant rare =
        Grant.of(
            population.api().id(),
            GrantedScopes.specific(List.of(Population.COMMON, new Scope("scans:delete"))));
    String first = "";
    for (int from = 0; from < size; from += BATCH) {
      List<Population.Made> batch = new ArrayList<>();
      for (int i = from; i < Math.min(size, from + BATCH); i++) {
        // One in the middle is like no other.
        String name = i == size / 2 ? "needle in the hay" : KINDS[i % KINDS.length] + " " + i;
        batch.add(
            population.key(name, organization, population.api(), i == size / 2 ? rare : some));
      }
      first = batch.getFirst().key().id().text();
      store.write(writer -> {
        batch.forEach(made -> writer.insertKey(made.key(), made.secret()));
        return 0;
      });
      use(storage.usage(), batch);
      System.err.printf("\rfilled %,d of %,d", Math.min(size, from + BATCH), size);
    }
    System.err.println();
    return new Crowd(size, cookie, first);
  }

  private void use(UsageLedger usage, List<Population.Made> keys) {
    Demand demand =
        new Demand(
            population.api().id(),
            Requirement.allOf(Population.COMMON.text()),
            Optional.of("GET /scans/{id}"));
    List<Counted> counts = new ArrayList<>();
    for (int i = 0; i < keys.size(); i += 2) {
      Key key = keys.get(i).key();
      counts.add(
          new Counted(
              key.id(),
              key.organization(),
              1,
              demand,
              Optional.empty(),
              now,
              now,
              7,
              new Origin("203.0.113.7", "curl/8.0")));
    }
    for (int from = 0; from < counts.size(); from += UsageLedger.BATCH_MAX) {
      int until = Math.min(counts.size(), from + UsageLedger.BATCH_MAX);
      usage.write(
          new UsageLedger.Batch(
              ++batches, new Harvest(counts.subList(from, until), Optional.empty()), now));
    }
  }

  private Person person(int size, int number) {
    return new Person(
        PersonId.generate(random),
        MailAddress.parse("person" + number + "@crowd" + size + ".example").orElseThrow(),
        "Person " + number,
        null,
        false,
        now,
        1);
  }

  private Member member(Organization organization, Person person, Role role) {
    return new Member(
        MemberId.generate(random), organization.id(), person.id(), role, now, Population.LOADER, 1);
  }

  private String letters(int count) {
    byte[] letters = new byte[count];
    Base62.fill(random, letters, 0, count);
    return new String(letters, StandardCharsets.US_ASCII);
  }
}
