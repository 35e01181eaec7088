package io.bitting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.audit.AuditChain;
import io.bitting.fixtures.AlarmRecord.Raised;
import io.bitting.fixtures.KeyMother.Made;
import io.bitting.grant.Grant;
import io.bitting.id.KeyId;
import io.bitting.key.KeySecret;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import io.bitting.store.IntakeRecord;
import io.bitting.store.KeyRow;
import io.bitting.store.Position;
import io.bitting.store.Reader;
import io.bitting.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * A row that was altered behind the product's back grants nothing from the next read on, and
 * alarms: whoever can write SQL, with every trigger and constraint out of the way, but lacks the
 * pepper keyset, gains nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TamperingContract {
  private static final String FORGED = "$forged";

  /** Each attack reads whatever is there, so that few share a database. */
  private static final int WORLDS_MAX = 16;

  /** Each attack has rows of its own beside these, in a database without guards. */
  private World first;

  private int worlds;

  /** Returns a fresh database. */
  abstract TestDatabase database();

  @BeforeAll
  void openWorld() {
    first = new World(database());
    first.database.dropGuards();
    worlds = 1;
  }

  /** Returns rows that no attack has touched. */
  private World untouched() {
    if (worlds == WORLDS_MAX) {
      closeWorld();
      openWorld();
    }
    worlds++;
    return new World(first);
  }

  @AfterAll
  void closeWorld() {
    first.close();
  }

  /** What an attack aims at. */
  private enum Victim {
    ORGANIZATION,
    API,
    CATALOG,
    OPERATIONS,
    GRANT,
    KEY,
    SECRET,
    SETUP_CODE,
    REVIEW_DECISION,
    FIRST_ANSWER;

    /**
     * Tells whether an index follows such rows; setup codes are only read when they are redeemed,
     * decisions when somebody reviews, answers when they are given again.
     */
    boolean isFollowed() {
      return this != SETUP_CODE && this != REVIEW_DECISION && this != FIRST_ANSWER;
    }

    /** Returns the word in alarms. */
    String kind() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * An attack.
   *
   * @param victim the kind of row that no longer counts
   * @param sql what the attacker executes; {@code $name} stands for an id of the world
   */
  private record Attack(Victim victim, List<String> sql) {
    Attack(Victim victim, String... sql) {
      this(victim, List.of(sql));
    }
  }

  /** In the order: what it would gain the attacker. */
  private static List<Attack> attacks() {
    return List.of(
        // An organization runs again, gets all scopes, becomes the operator, takes another's place.
        new Attack(
            Victim.ORGANIZATION, "UPDATE organizations SET suspended = 0 WHERE id = '$acme'"),
        new Attack(
            Victim.ORGANIZATION,
            "UPDATE organizations SET all_scopes_allowed = 1 WHERE id = '$acme'"),
        new Attack(Victim.ORGANIZATION, "UPDATE organizations SET operator = 1 WHERE id = '$acme'"),
        new Attack(
            Victim.ORGANIZATION,
            "UPDATE organizations SET slug = 'someone-else' WHERE id = '$acme'"),
        new Attack(
            Victim.ORGANIZATION,
            "UPDATE organizations SET name = 'Someone else' WHERE id = '$acme'"),
        new Attack(
            Victim.ORGANIZATION, "UPDATE organizations SET created_at = 0 WHERE id = '$acme'"),
        new Attack(Victim.ORGANIZATION, "UPDATE organizations SET revision = 7 WHERE id = '$acme'"),
        new Attack(
            Victim.ORGANIZATION,
            "UPDATE organizations SET seal = (SELECT seal FROM organizations WHERE id = '$rival') WHERE id = '$acme'"),
        // An organization's keys live longer, or for ever; what is past is forgotten sooner.
        new Attack(
            Victim.ORGANIZATION,
            "UPDATE organizations SET key_lifetime_max_days = 9999 WHERE id = '$acme'"),
        new Attack(
            Victim.ORGANIZATION, "UPDATE organizations SET never_allowed = 0 WHERE id = '$acme'"),
        new Attack(
            Victim.ORGANIZATION,
            "UPDATE organizations SET revoke_unused_after_days = 1 WHERE id = '$acme'"),
        new Attack(
            Victim.ORGANIZATION, "UPDATE organizations SET usage_kept_days = 1 WHERE id = '$acme'"),
        new Attack(
            Victim.ORGANIZATION, "UPDATE organizations SET audit_kept_days = 1 WHERE id = '$acme'"),
        new Attack(
            Victim.ORGANIZATION,
            "UPDATE organizations SET dead_keys_kept_days = 1 WHERE id = '$acme'"),
        // An API takes over another's tokens.
        new Attack(Victim.API, "UPDATE apis SET prefix = 'other' WHERE id = '$api'"),
        new Attack(Victim.API, "UPDATE apis SET name = 'Other' WHERE id = '$api'"),
        new Attack(
            Victim.API,
            "UPDATE apis SET seal = (SELECT seal FROM apis WHERE id = '$otherApi') WHERE id = '$api'"),
        // A catalog covers more, hides a danger, includes Bitting's own scopes, offers what was
        // retired.
        new Attack(
            Victim.CATALOG,
            "UPDATE catalog_scopes SET access = 'read' WHERE api = '$api' AND scope = 'scans:manage'"),
        new Attack(
            Victim.CATALOG,
            "UPDATE catalog_scopes SET description = 'Harmless.' WHERE api = '$api' AND scope = 'scans:manage'"),
        new Attack(
            Victim.CATALOG,
            "UPDATE catalog_scopes SET category = 'Harmless' WHERE api = '$api' AND scope = 'scans:manage'"),
        new Attack(
            Victim.CATALOG,
            "UPDATE catalog_scopes SET included = 0 WHERE api = '$api' AND scope = 'org:read'"),
        new Attack(
            Victim.CATALOG,
            "UPDATE catalog_scopes SET scope = 'org:write' WHERE api = '$api' AND scope = 'org:read'"),
        new Attack(
            Victim.CATALOG,
            "UPDATE catalog_scopes SET retired = 0 WHERE api = '$api' AND scope = 'old:one'"),
        new Attack(
            Victim.CATALOG,
            "UPDATE catalog_scopes SET position = 99 WHERE api = '$api' AND scope = 'scans:run'"),
        new Attack(
            Victim.CATALOG,
            "INSERT INTO catalog_scopes SELECT api, 98, 'new:one', category, access, description, included, retired FROM catalog_scopes WHERE api = '$api' AND scope = 'bot'"),
        new Attack(
            Victim.CATALOG, "DELETE FROM catalog_scopes WHERE api = '$api' AND scope = 'last:one'"),
        new Attack(
            Victim.CATALOG,
            "DELETE FROM catalog_implies WHERE api = '$api'",
            "DELETE FROM catalog_scopes WHERE api = '$api'"),
        new Attack(
            Victim.CATALOG, "INSERT INTO catalog_implies VALUES ('$api', 'scans:run', 'bot')"),
        new Attack(
            Victim.CATALOG,
            "DELETE FROM catalog_implies WHERE api = '$api' AND implied = 'view:user'"),
        new Attack(
            Victim.CATALOG,
            "UPDATE catalog_implies SET implied = 'bot' WHERE api = '$api' AND implied = 'view:user'"),
        new Attack(Victim.CATALOG, "UPDATE catalogs SET version = 2 WHERE api = '$api'"),
        // A template proposes more, says something else, or is another's.
        new Attack(
            Victim.CATALOG,
            "INSERT INTO catalog_template_scopes VALUES ('$api', 'Looker', 'scans:manage')"),
        new Attack(
            Victim.CATALOG,
            "UPDATE catalog_template_scopes SET scope = 'scans:manage' WHERE api = '$api' AND scope = 'bot'"),
        new Attack(
            Victim.CATALOG,
            "DELETE FROM catalog_template_scopes WHERE api = '$api' AND scope = 'bot'"),
        new Attack(
            Victim.CATALOG,
            "DELETE FROM catalog_template_scopes WHERE api = '$api'",
            "DELETE FROM catalog_templates WHERE api = '$api'"),
        new Attack(
            Victim.CATALOG,
            "UPDATE catalog_templates SET description = 'Harmless.' WHERE api = '$api' AND position = 0"),
        new Attack(
            Victim.CATALOG,
            "UPDATE catalog_templates SET position = 9 WHERE api = '$api' AND position = 0"),
        new Attack(
            Victim.CATALOG,
            "INSERT INTO catalog_templates VALUES ('$api', 7, 'Mine', 'Mine.')",
            "INSERT INTO catalog_template_scopes VALUES ('$api', 'Mine', 'scans:manage')"),
        // An operation asks for less, for another scope, for one of two, is another, or is gone; so
        // that a wider one answers for it.
        new Attack(
            Victim.OPERATIONS,
            "UPDATE operations SET requirement = 'anonymous' WHERE api = '$api' AND path = '/debug'"),
        new Attack(
            Victim.OPERATIONS,
            "UPDATE operations SET requirement = 'any_valid_key' WHERE api = '$api' AND path = '/debug'"),
        new Attack(
            Victim.OPERATIONS,
            "DELETE FROM operation_scopes WHERE api = '$api' AND scope = 'scans:manage' AND position = 1"),
        new Attack(
            Victim.OPERATIONS,
            "UPDATE operation_scopes SET alternative = 7 WHERE api = '$api' AND scope = 'bot'"),
        new Attack(
            Victim.OPERATIONS,
            "UPDATE operation_scopes SET scope = 'view:user' WHERE api = '$api' AND position = 0"),
        new Attack(Victim.OPERATIONS, "DELETE FROM operation_scopes WHERE api = '$api'"),
        new Attack(
            Victim.OPERATIONS,
            "UPDATE operations SET method = 'DELETE' WHERE api = '$api' AND path = '/limits'"),
        new Attack(
            Victim.OPERATIONS,
            "UPDATE operations SET path = '/{any}' WHERE api = '$api' AND path = '/health'"),
        new Attack(
            Victim.OPERATIONS,
            "UPDATE operations SET summary = 'Harmless.' WHERE api = '$api' AND path = '/scans'"),
        new Attack(
            Victim.OPERATIONS,
            "INSERT INTO operations VALUES ('$api', 99, 'GET', '/new', '', '', '', 'anonymous')"),
        new Attack(
            Victim.OPERATIONS, "DELETE FROM operations WHERE api = '$api' AND path = '/debug'"),
        new Attack(
            Victim.OPERATIONS,
            "UPDATE operations SET position = 98 WHERE api = '$api' AND path = '/health'"),
        new Attack(Victim.OPERATIONS, "UPDATE api_operations SET published = 1 WHERE api = '$api'"),
        new Attack(Victim.OPERATIONS, "UPDATE api_operations SET version = 2 WHERE api = '$api'"),
        // A grant grows; also by way of all scopes, and by its reach.
        new Attack(
            Victim.GRANT, "INSERT INTO grant_scopes VALUES ('$narrowGrant', 'scans:manage')"),
        new Attack(
            Victim.GRANT,
            "UPDATE grant_scopes SET scope = 'scans:manage' WHERE grant_id = '$narrowGrant'"),
        new Attack(Victim.GRANT, "UPDATE grants SET all_scopes = 1 WHERE id = '$narrowGrant'"),
        new Attack(
            Victim.GRANT,
            "DELETE FROM grant_scopes WHERE grant_id = '$narrowGrant'",
            "UPDATE grants SET all_scopes = 1 WHERE id = '$narrowGrant'"),
        new Attack(Victim.GRANT, "DELETE FROM grant_scopes WHERE grant_id = '$narrowGrant'"),
        new Attack(
            Victim.GRANT, "UPDATE grants SET reaches_everything = 1 WHERE id = '$narrowGrant'"),
        new Attack(
            Victim.GRANT, "INSERT INTO grant_reach VALUES ('$narrowGrant', 'verify', '$api', '')"),
        new Attack(
            Victim.GRANT,
            "INSERT INTO grant_reach VALUES ('$narrowGrant', 'issue', '$api', 'scans:manage')"),
        new Attack(
            Victim.GRANT,
            "INSERT INTO grant_reach VALUES ('$narrowGrant', 'issue_all', '$api', '')"),
        new Attack(
            Victim.GRANT,
            "INSERT INTO grant_reach VALUES ('$narrowGrant', 'everything', '$api', '')"),
        new Attack(
            Victim.GRANT,
            "UPDATE grants SET api = '$otherApi' WHERE id = '$narrowGrant'",
            "UPDATE api_keys SET api = '$otherApi' WHERE grant_id = '$narrowGrant'"),
        // A key takes another grant, organization, API; comes back; lives under another name;
        // carries another's seal.
        new Attack(Victim.KEY, "UPDATE api_keys SET grant_id = '$allGrant' WHERE id = '$narrow'"),
        new Attack(
            Victim.KEY, "UPDATE api_keys SET organization_id = '$rival' WHERE id = '$narrow'"),
        new Attack(Victim.KEY, "UPDATE api_keys SET api = '$otherApi' WHERE id = '$narrow'"),
        new Attack(
            Victim.KEY,
            "UPDATE api_keys SET name = 'Harmless', name_folded = 'harmless' WHERE id = '$narrow'"),
        new Attack(Victim.KEY, "UPDATE api_keys SET purpose = 'Harmless' WHERE id = '$narrow'"),
        new Attack(Victim.KEY, "UPDATE api_keys SET created_at = 0 WHERE id = '$narrow'"),
        new Attack(Victim.KEY, "UPDATE api_keys SET created_by = 'nobody' WHERE id = '$narrow'"),
        new Attack(
            Victim.KEY, "UPDATE api_keys SET created_by_kind = 'member' WHERE id = '$narrow'"),
        new Attack(Victim.KEY, "UPDATE api_keys SET revision = 9 WHERE id = '$narrow'"),
        new Attack(Victim.KEY, "UPDATE api_keys SET state = 'everything' WHERE id = '$narrow'"),
        new Attack(
            Victim.KEY,
            "UPDATE api_keys SET seal = (SELECT seal FROM api_keys WHERE id = '$wide') WHERE id = '$narrow'"),
        new Attack(Victim.KEY, "UPDATE api_keys SET state = 'active' WHERE id = '$disabled'"),
        new Attack(
            Victim.KEY,
            "UPDATE api_keys SET state = 'active', revoked_at = NULL WHERE id = '$revoked'"),
        new Attack(Victim.KEY, "UPDATE api_keys SET revoked_at = NULL WHERE id = '$revoked'"),
        new Attack(
            Victim.KEY,
            "UPDATE api_keys SET state = 'active', revoked_at = NULL, revision = 1 WHERE id = '$revoked'"),
        // A key is said to be replaced, or its end is explained in other words.
        new Attack(
            Victim.KEY,
            "UPDATE api_keys SET replaced_by = '$wide', replaced_at = 0, ends_at = 9000000000000 WHERE id = '$narrow'"),
        new Attack(
            Victim.KEY,
            "UPDATE api_keys SET revoked_reason = 'unused', revoked_note = '' WHERE id = '$narrow'"),
        new Attack(Victim.KEY, "DELETE FROM key_secrets WHERE key_id = '$narrow'"),
        new Attack(
            Victim.SECRET, "UPDATE key_secrets SET quiet_hours = 1 WHERE key_id = '$narrow'"),
        // A secret is planted, taken over from another key, or lives longer.
        new Attack(
            Victim.SECRET,
            "UPDATE key_secrets SET digest = " + FORGED + " WHERE key_id = '$narrow'"),
        new Attack(
            Victim.SECRET,
            "UPDATE key_secrets SET digest = (SELECT digest FROM key_secrets WHERE key_id = '$wide') WHERE key_id = '$narrow'"),
        new Attack(
            Victim.SECRET,
            "UPDATE key_secrets SET digest = (SELECT digest FROM key_secrets WHERE key_id = '$wide'), seal = (SELECT seal FROM key_secrets WHERE key_id = '$wide') WHERE key_id = '$narrow'"),
        new Attack(
            Victim.SECRET,
            "DELETE FROM key_secrets WHERE key_id = '$narrow'",
            "UPDATE key_secrets SET key_id = '$narrow' WHERE key_id = '$wide'"),
        new Attack(
            Victim.SECRET,
            "INSERT INTO key_secrets (key_id, number, digest, created_at, expires_at, revision, pepper_version, seal) SELECT '$narrow', 2, digest, created_at, expires_at, revision, pepper_version, seal FROM key_secrets WHERE key_id = '$wide'"),
        new Attack(Victim.SECRET, "UPDATE key_secrets SET number = 2 WHERE key_id = '$narrow'"),
        new Attack(
            Victim.SECRET,
            "UPDATE key_secrets SET expires_at = expires_at + 1 WHERE key_id = '$narrow'"),
        new Attack(
            Victim.SECRET, "UPDATE key_secrets SET expires_at = NULL WHERE key_id = '$narrow'"),
        new Attack(Victim.SECRET, "UPDATE key_secrets SET created_at = 0 WHERE key_id = '$narrow'"),
        new Attack(Victim.SECRET, "UPDATE key_secrets SET revision = 2 WHERE key_id = '$narrow'"),
        // A setup code lives longer, makes an owner elsewhere, or is one that the attacker knows.
        new Attack(
            Victim.SETUP_CODE,
            "UPDATE setup_codes SET expires_at = expires_at + 1 WHERE id = '$code'"),
        new Attack(
            Victim.SETUP_CODE, "UPDATE setup_codes SET organization_id = NULL WHERE id = '$code'"),
        new Attack(
            Victim.SETUP_CODE,
            "UPDATE setup_codes SET organization_id = '$rival' WHERE id = '$code'"),
        new Attack(Victim.SETUP_CODE, "UPDATE setup_codes SET created_at = 0 WHERE id = '$code'"),
        // A key is kept for longer, or for ever, or counts as decided about.
        new Attack(
            Victim.REVIEW_DECISION,
            "UPDATE review_decisions SET ask_again_at = ask_again_at + 1 WHERE key_id = '$narrow'"),
        new Attack(
            Victim.REVIEW_DECISION,
            "UPDATE review_decisions SET ask_again_at = NULL WHERE key_id = '$narrow'"),
        new Attack(
            Victim.REVIEW_DECISION,
            "UPDATE review_decisions SET verdict = 'revoke' WHERE key_id = '$narrow'"),
        new Attack(
            Victim.REVIEW_DECISION,
            "UPDATE review_decisions SET decided_by = 'nobody' WHERE key_id = '$narrow'"),
        new Attack(
            Victim.REVIEW_DECISION,
            "UPDATE review_decisions SET organization_id = '$rival' WHERE key_id = '$narrow'"),
        // An answer tells of another key, or is given to another request, or for longer.
        new Attack(
            Victim.FIRST_ANSWER,
            "UPDATE first_answers SET body = '{\"id\":\"other\"}' WHERE caller = '$narrow'"),
        new Attack(
            Victim.FIRST_ANSWER,
            "UPDATE first_answers SET location = '/elsewhere' WHERE caller = '$narrow'"),
        new Attack(
            Victim.FIRST_ANSWER, "UPDATE first_answers SET status = 200 WHERE caller = '$narrow'"),
        new Attack(
            Victim.FIRST_ANSWER,
            "UPDATE first_answers SET payload = " + FORGED + " WHERE caller = '$narrow'"),
        new Attack(
            Victim.FIRST_ANSWER,
            "UPDATE first_answers SET expires_at = expires_at + 1 WHERE caller = '$narrow'"));
  }

  @TestFactory
  Stream<DynamicTest> alteredRow_grantsNothingAndAlarms() {
    return attacks().stream()
        .map(attack ->
            DynamicTest.dynamicTest(
                String.join("; ", attack.sql()), () -> assertRepelled(attack, SealVerdict.BROKEN)));
  }

  /** Nothing can be said of a row that a pepper sealed which the keyset lacks. */
  @TestFactory
  Stream<DynamicTest> unknownPepperVersion_grantsNothingAndAlarms() {
    return Stream.of(
            new Attack(
                Victim.ORGANIZATION,
                "UPDATE organizations SET pepper_version = 9 WHERE id = '$acme'"),
            new Attack(Victim.API, "UPDATE apis SET pepper_version = 9 WHERE id = '$api'"),
            new Attack(Victim.CATALOG, "UPDATE catalogs SET pepper_version = 9 WHERE api = '$api'"),
            new Attack(
                Victim.OPERATIONS,
                "UPDATE api_operations SET pepper_version = 9 WHERE api = '$api'"),
            new Attack(Victim.KEY, "UPDATE api_keys SET pepper_version = 9 WHERE id = '$narrow'"),
            new Attack(
                Victim.SECRET,
                "UPDATE key_secrets SET pepper_version = 9 WHERE key_id = '$narrow'"),
            new Attack(
                Victim.SETUP_CODE, "UPDATE setup_codes SET pepper_version = 9 WHERE id = '$code'"),
            new Attack(
                Victim.REVIEW_DECISION,
                "UPDATE review_decisions SET pepper_version = 9 WHERE key_id = '$narrow'"),
            new Attack(
                Victim.FIRST_ANSWER,
                "UPDATE first_answers SET pepper_version = 9 WHERE caller = '$narrow'"))
        .map(attack ->
            DynamicTest.dynamicTest(
                String.join("; ", attack.sql()),
                () -> assertRepelled(attack, SealVerdict.UNKNOWN_VERSION)));
  }

  /**
   * The control: what nobody altered is intact, by every way of reading it, and raises no alarm.
   */
  @Test
  void untouchedRows_areIntact() {
    World world = untouched();
    IntakeRecord loaded = new IntakeRecord();
    world.storage.changes().load(loaded);
    for (Victim victim : Victim.values()) {
      assertThat(standsWhenRead(world, victim, world.narrow)).as(victim.name()).isTrue();
      assertThat(!victim.isFollowed() || stands(loaded, world, victim, world.narrow))
          .as(victim.name())
          .isTrue();
      assertThat(world.alarms.take())
          .filteredOn(Raised::id, id(world, victim, world.narrow))
          .isEmpty();
    }
  }

  private void assertRepelled(Attack attack, SealVerdict verdict) {
    World world = untouched();
    Victim victim = attack.victim();
    Made key = key(world, attack);
    IntakeRecord resumed = new IntakeRecord();
    Position before = world.storage.changes().load(resumed);
    assertThat(standsWhenRead(world, victim, key)).isTrue();
    world.alarms.take();

    for (String sql : attack.sql()) {
      assertThat(world.database.execute(resolved(world, sql))).as(sql).isPositive();
    }

    assertThat(standsWhenRead(world, victim, key)).as("at the next read").isFalse();
    assertAlarm(world, victim, key, verdict);
    if (victim.isFollowed()) {
      IntakeRecord loaded = new IntakeRecord();
      world.storage.changes().load(loaded);
      assertThat(stands(loaded, world, victim, key)).as("in a load").isFalse();
      assertAlarm(world, victim, key, verdict);

      announceEverything(world, before);
      assertThat(world.storage.changes().resume(before, resumed)).isPresent();
      assertThat(stands(resumed, world, victim, key)).as("in a resume").isFalse();
      assertAlarm(world, victim, key, verdict);
    }
  }

  private static void assertAlarm(World world, Victim victim, Made key, SealVerdict verdict) {
    assertThat(world.alarms.take())
        .contains(new Raised(victim.kind(), id(world, victim, key), verdict));
  }

  private static String id(World world, Victim victim, Made key) {
    return switch (victim) {
      case ORGANIZATION -> world.acme.id().text();
      case API, CATALOG, OPERATIONS -> world.api.id().text();
      case GRANT -> key.key().grantId().text();
      case KEY, SECRET, FIRST_ANSWER -> key.key().id().text();
      case SETUP_CODE -> world.code.id();
      case REVIEW_DECISION -> world.narrow.key().id().text();
    };
  }

  /** Returns the key that an attack is about; any one for other kinds of rows. */
  private static Made key(World world, Attack attack) {
    String sql = String.join(" ", attack.sql());
    if (sql.contains("'$disabled'")) {
      return world.disabled;
    }
    return sql.contains("'$revoked'") ? world.revoked : world.narrow;
  }

  /** The attacker, or another change at the same time, makes every node read the rows again. */
  private static void announceEverything(World world, Position before) {
    long seq = before.seq() + 1;
    world.database.execute("UPDATE change_head SET seq = ?", seq);
    List<Change> changes = new ArrayList<>();
    changes.add(new Change(Change.ORGANIZATION, world.acme.id().text()));
    changes.add(new Change(Change.API, world.api.id().text()));
    changes.add(new Change(Change.CATALOG, world.api.id().text()));
    changes.add(new Change(Change.OPERATIONS, world.api.id().text()));
    for (Made key : List.of(world.narrow, world.disabled, world.revoked)) {
      changes.add(new Change(Change.KEY, key.key().id().text()));
    }
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      world.database.execute(
          "INSERT INTO changes VALUES (?, ?, ?, ?)", seq, i, change.entity(), change.id());
    }
  }

  private static boolean standsWhenRead(World world, Victim victim, Made made) {
    KeyId key = made.key().id();
    Function<Reader, Optional<?>> read =
        switch (victim) {
          case ORGANIZATION ->
              reader -> reader.organization(world.acme.id()).flatMap(Sealed::intact);
          case API -> reader -> reader.api(world.api.id()).flatMap(Sealed::intact);
          case CATALOG -> reader -> reader.catalog(world.api.id()).flatMap(Sealed::intact);
          case OPERATIONS -> reader -> reader.operations(world.api.id()).flatMap(Sealed::intact);
          case GRANT, KEY -> reader -> reader.key(key).flatMap(Sealed::intact);
          case SECRET -> reader -> reader.key(key).filter(TamperingContract::everySecretStands);
          case SETUP_CODE ->
              reader -> reader.setupCode(world.code.digest()).flatMap(Sealed::intact);
          case REVIEW_DECISION ->
              reader -> reader.reviewDecision(world.decision.key()).flatMap(Sealed::intact);
          case FIRST_ANSWER ->
              reader -> reader.firstAnswer(world.answer.request()).flatMap(Sealed::intact);
        };
    return world.storage.store().<Boolean>read(reader -> read.apply(reader).isPresent());
  }

  private static boolean stands(IntakeRecord intake, World world, Victim victim, Made made) {
    KeyId key = made.key().id();
    return switch (victim) {
      case ORGANIZATION -> isIntact(intake.organizations().get(world.acme.id()));
      case API -> isIntact(intake.apis().get(world.api.id()));
      case CATALOG -> isIntact(intake.catalogs().get(world.api.id()));
      case OPERATIONS -> isIntact(intake.operations().get(world.api.id()));
      case GRANT, KEY -> isIntact(intake.keys().get(key));
      case SECRET -> intake.keys().containsKey(key) && everySecretStands(intake.keys().get(key));
      case SETUP_CODE, REVIEW_DECISION, FIRST_ANSWER ->
          throw new IllegalArgumentException(victim + " is not followed");
    };
  }

  private static boolean isIntact(@Nullable Sealed<?> row) {
    return row != null && row.intact().isPresent();
  }

  private static boolean everySecretStands(Sealed<KeyRow> row) {
    List<Sealed<KeySecret>> secrets = row.unchecked().secrets();
    return !secrets.isEmpty() && secrets.stream().allMatch(TamperingContract::isIntact);
  }

  private static String resolved(World world, String sql) {
    return sql.replace(FORGED, world.database.zeros(32))
        .replace("$acme", world.acme.id().text())
        .replace("$rival", world.rival.id().text())
        .replace("$api", world.api.id().text())
        .replace("$otherApi", world.otherApi.id().text())
        .replace("$narrowGrant", world.narrow.key().grantId().text())
        .replace("$allGrant", world.all.key().grantId().text())
        .replace("$narrow", world.narrow.key().id().text())
        .replace("$wide", world.wide.key().id().text())
        .replace("$disabled", world.disabled.key().id().text())
        .replace("$revoked", world.revoked.key().id().text())
        .replace("$code", world.code.id());
  }

  /** A key whose grant was altered is not counted among what is in use. */
  @Test
  void alteredGrant_isNotInUse() {
    World world = untouched();
    world.database.execute(
        resolved(world, "INSERT INTO grant_scopes VALUES ('$narrowGrant', 'bot')"));
    Map<Grant, Long> inUse =
        world.storage.store().<Map<Grant, Long>>read(reader -> reader.grantsInUse(world.api.id()));
    assertThat(inUse)
        .containsKey(world.all.key().grant())
        .doesNotContainKey(world.narrow.key().grant());
    assertAlarm(world, Victim.GRANT, world.narrow, SealVerdict.BROKEN);
  }

  /**
   * Altered audit events are found by their chain, and what no longer is an event is not passed
   * over in silence.
   */
  @Test
  void alteredAuditEvent_isFoundByItsChain() {
    World world = untouched();
    AuditChain chain = AuditChain.of(world.acme.id());
    Chains.append(world, chain, 3);
    assertThat(Chains.wholeness(world, chain)).containsExactly(true, true, true);
    alter(world, chain, "UPDATE audit_events SET target = 'somebody' WHERE number = 2");
    assertThat(Chains.wholeness(world, chain)).containsExactly(true, false, true);
    alter(world, chain, "UPDATE audit_changes SET after_value = 'nothing' WHERE number = 1");
    assertThat(Chains.wholeness(world, chain)).containsExactly(false, false, true);
    alter(world, chain, "UPDATE audit_personal SET value = '198.51.100.1' WHERE number = 3");
    assertThat(Chains.wholeness(world, chain)).containsExactly(false, false, false);
    alter(world, chain, "UPDATE audit_events SET actor_kind = 'ghost' WHERE number = 2");
    assertThatThrownBy(() -> Chains.wholeness(world, chain))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("altered");
  }

  /** Erasing a person keeps the chain whole. */
  @Test
  void erasedPersonalPart_keepsTheChainWhole() {
    World world = untouched();
    AuditChain chain = AuditChain.of(world.acme.id());
    Chains.append(world, chain, 3);
    alter(world, chain, "DELETE FROM audit_personal WHERE number = 2");
    assertThat(Chains.wholeness(world, chain)).containsExactly(true, true, true);
  }

  private static void alter(World world, AuditChain chain, String sql) {
    assertThat(world.database.execute(sql + " AND chain = ?", chain.text())).isEqualTo(1);
  }
}
