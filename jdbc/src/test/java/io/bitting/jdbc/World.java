package io.bitting.jdbc;

import io.bitting.audit.Actor;
import io.bitting.fixtures.AlarmRecord;
import io.bitting.fixtures.ApiMother;
import io.bitting.fixtures.CatalogMother;
import io.bitting.fixtures.KeyMother;
import io.bitting.fixtures.KeyMother.Made;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.OperationsMother;
import io.bitting.fixtures.OrganizationMother;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantedScopes;
import io.bitting.grant.Reach;
import io.bitting.id.KeyId;
import io.bitting.key.Key;
import io.bitting.operation.Operations;
import io.bitting.organization.Organization;
import io.bitting.scope.AccessLevel;
import io.bitting.scope.Catalog;
import io.bitting.scope.Scope;
import io.bitting.seal.Bytes;
import io.bitting.seal.PepperKeyset;
import io.bitting.store.Api;
import io.bitting.store.FirstAnswer;
import io.bitting.store.ReviewDecision;
import io.bitting.store.SetupCode;
import io.bitting.store.Writer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A database with one row of each sealed kind, and more where rows can be exchanged. */
final class World implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  final TestDatabase database;
  final JdbcDatabase opened;
  final JdbcStorage storage;
  final AlarmRecord alarms;
  final PepperKeyset keyset;

  final Organization acme =
      OrganizationMother.organization().suspended().withoutAllScopes().build();
  final Organization rival = OrganizationMother.organization().name("Rival").build();
  final Api api = ApiMother.api().build();
  final Api otherApi = ApiMother.api().build();
  final Catalog catalog =
      CatalogMother.catalog(api.id())
          .scope("last:one", AccessLevel.READ)
          .retired("old:one")
          .build();
  final Operations operations = OperationsMother.operations(api.id()).build();
  final Made narrow =
      KeyMother.key(acme.id(), api.id())
          .expiresAt(MutableClock.START.plus(Duration.ofDays(1)))
          .build();
  final Made wide =
      KeyMother.key(rival.id(), api.id()).scopes("scans:run", "scans:manage", "bot").build();
  final Made all = KeyMother.key(acme.id(), api.id()).allScopes().build();
  final Made reaching =
      KeyMother.key(acme.id(), api.id())
          .grant(
              new Grant(
                  api.id(),
                  GrantedScopes.specific(List.of(new Scope("view:user"))),
                  Reach.issuing(api.id(), GrantedScopes.specific(List.of(new Scope("view:user"))))))
          .build();
  final Made disabled = KeyMother.key(acme.id(), api.id()).build();
  final Made revoked = KeyMother.key(acme.id(), api.id()).build();
  final SetupCode code =
      new SetupCode(
          KeyId.generate(RANDOM).text(),
          Bytes.of(RANDOM.generateSeed(32)),
          Optional.of(acme.id()),
          MutableClock.START,
          MutableClock.START.plusSeconds(60));
  final FirstAnswer answer =
      new FirstAnswer(
          Bytes.of(RANDOM.generateSeed(32)),
          Bytes.of(RANDOM.generateSeed(32)),
          narrow.key().id(),
          201,
          Optional.of("/v1/organizations/acme"),
          "{}",
          MutableClock.START.plusSeconds(60));

  final ReviewDecision decision =
      new ReviewDecision(
          narrow.key().id(),
          acme.id(),
          ReviewDecision.Verdict.KEEP,
          "Runs once a year.",
          MutableClock.START.plus(Duration.ofDays(30)),
          MutableClock.START,
          new Actor(Actor.Kind.OPERATOR, "test"));

  /** Opens a database and fills it. */
  World(TestDatabase database) {
    this.database = database;
    this.opened = database.open();
    this.alarms = new AlarmRecord();
    this.keyset = PepperKeyset.generate(RANDOM);
    this.storage = opened.open(keyset, new MutableClock(), RANDOM, alarms);
    fill();
  }

  /** Adds the same rows once more, under other ids, to a database that is open. */
  World(World beside) {
    this.database = beside.database;
    this.opened = beside.opened;
    this.alarms = beside.alarms;
    this.keyset = beside.keyset;
    this.storage = beside.storage;
    fill();
  }

  private void fill() {
    write(writer -> {
      writer.insertOrganization(acme);
      writer.insertOrganization(rival);
      writer.insertApi(api);
      writer.insertApi(otherApi);
      writer.putCatalog(catalog);
      writer.putOperations(operations);
      for (Made made : List.of(narrow, wide, all, reaching, disabled, revoked)) {
        writer.insertKey(made.key(), made.secret());
      }
      writer.putSetupCode(code);
      writer.putReviewDecision(decision);
      writer.putFirstAnswer(answer);
    });
    write(writer -> {
      writer.updateKey(disabled.key().disabled(true));
      writer.updateKey(revoked.key().revoked(MutableClock.START));
    });
  }

  void write(Consumer<Writer> work) {
    storage
        .store()
        .write(writer -> {
          work.accept(writer);
          return true;
        });
  }

  Optional<Key> intactKey(KeyId id) {
    return storage
        .store()
        .<Optional<Key>>read(reader ->
            reader
                .key(id)
                .flatMap(row -> row.intact())
                .filter(row ->
                    !row.secrets().isEmpty()
                        && row.secrets().stream().allMatch(secret -> secret.intact().isPresent()))
                .map(row -> row.key()));
  }

  @Override
  public void close() {
    opened.close();
    database.close();
  }
}
