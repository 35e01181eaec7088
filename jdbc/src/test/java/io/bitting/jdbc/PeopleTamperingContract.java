package io.bitting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.AlarmRecord.Raised;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import io.bitting.store.Reader;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * As {@link TamperingContract}, for people: whoever can write SQL, with every trigger and
 * constraint out of the way, but lacks the pepper keyset, becomes nobody else, proves nothing and
 * gets no role.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PeopleTamperingContract {
  /** Each attack has people of its own beside these, in one database without guards. */
  private World world;

  /** People whom an attack may put in the place of others. */
  private PeopleWorld others;

  /** Returns a fresh database. */
  abstract TestDatabase database();

  @BeforeAll
  void openWorld() {
    world = new World(database());
    world.database.dropGuards();
    others = new PeopleWorld(world);
  }

  @AfterAll
  void closeWorld() {
    world.close();
  }

  /** What an attack aims at. */
  private enum Victim {
    ORGANIZATION,
    PERSON,
    MEMBER,
    INVITATION,
    PASSWORD,
    TOTP_SEED,
    PASSKEY,
    RECOVERY_CODE,
    SIGN_IN;

    /** Returns the word in alarms. */
    String kind() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * An attack.
   *
   * @param victim the kind of row that no longer counts
   * @param sql what the attacker executes; {@code $name} stands for an id
   */
  private record Attack(Victim victim, String sql) {}

  /** In the order: what it would gain the attacker. */
  private static List<Attack> attacks() {
    return List.of(
        // An organization needs no second factor any more, or not yet.
        new Attack(
            Victim.ORGANIZATION,
            "UPDATE organizations SET mfa_required_from = NULL WHERE id = '$acme'"),
        new Attack(
            Victim.ORGANIZATION,
            "UPDATE organizations SET mfa_required_from = mfa_required_from + 1 WHERE id = '$acme'"),
        // A person comes back, has an address that the attacker reads, or passes for one without a
        // second factor.
        new Attack(Victim.PERSON, "UPDATE persons SET disabled = 0 WHERE id = '$eve'"),
        new Attack(
            Victim.PERSON,
            "UPDATE persons SET mail = 'x@' || lower('$eve') || '.example' WHERE id = '$eve'"),
        new Attack(Victim.PERSON, "UPDATE persons SET mail = 'X' WHERE id = '$eve'"),
        new Attack(Victim.PERSON, "UPDATE persons SET name = 'Ada' WHERE id = '$eve'"),
        new Attack(Victim.PERSON, "UPDATE persons SET mfa_since = NULL WHERE id = '$eve'"),
        new Attack(Victim.PERSON, "UPDATE persons SET mfa_since = 0 WHERE id = '$eve'"),
        new Attack(Victim.PERSON, "UPDATE persons SET created_at = 0 WHERE id = '$eve'"),
        new Attack(Victim.PERSON, "UPDATE persons SET revision = 9 WHERE id = '$eve'"),
        new Attack(
            Victim.PERSON,
            "UPDATE persons SET seal = (SELECT seal FROM persons WHERE id = '$ada') WHERE id = '$eve'"),
        // A member gets another role, organization, person.
        new Attack(Victim.MEMBER, "UPDATE members SET role = 'owner' WHERE id = '$member'"),
        new Attack(Victim.MEMBER, "UPDATE members SET role = 'everything' WHERE id = '$member'"),
        new Attack(
            Victim.MEMBER, "UPDATE members SET organization_id = '$rival' WHERE id = '$member'"),
        new Attack(Victim.MEMBER, "UPDATE members SET person_id = '$other' WHERE id = '$member'"),
        new Attack(Victim.MEMBER, "UPDATE members SET joined_at = 0 WHERE id = '$member'"),
        new Attack(Victim.MEMBER, "UPDATE members SET added_by = 'nobody' WHERE id = '$member'"),
        new Attack(Victim.MEMBER, "UPDATE members SET added_by_kind = 'key' WHERE id = '$member'"),
        new Attack(Victim.MEMBER, "UPDATE members SET revision = 9 WHERE id = '$member'"),
        new Attack(
            Victim.MEMBER,
            "UPDATE members SET role = 'owner', seal = (SELECT seal FROM members WHERE id = '$owner') WHERE id = '$member'"),
        // An invitation makes more of whom it invites, invites the attacker, to another
        // organization, or for longer.
        new Attack(
            Victim.INVITATION, "UPDATE invitations SET role = 'owner' WHERE id = '$invitation'"),
        new Attack(
            Victim.INVITATION,
            "UPDATE invitations SET mail = 'mallory@example.com' WHERE id = '$invitation'"),
        new Attack(
            Victim.INVITATION,
            "UPDATE invitations SET organization_id = '$rival' WHERE id = '$invitation'"),
        new Attack(
            Victim.INVITATION,
            "UPDATE invitations SET expires_at = expires_at + 1 WHERE id = '$invitation'"),
        new Attack(
            Victim.INVITATION, "UPDATE invitations SET created_at = 0 WHERE id = '$invitation'"),
        new Attack(
            Victim.INVITATION,
            "UPDATE invitations SET created_by = 'nobody' WHERE id = '$invitation'"),
        // A password that the attacker knows.
        new Attack(
            Victim.PASSWORD,
            "UPDATE passwords SET phc = '$argon2id$known' WHERE person_id = '$eve'"),
        new Attack(
            Victim.PASSWORD,
            "UPDATE passwords SET phc = (SELECT phc FROM passwords WHERE person_id = '$ada'), changed_at = (SELECT changed_at FROM passwords WHERE person_id = '$ada'), seal = (SELECT seal FROM passwords WHERE person_id = '$ada') WHERE person_id = '$eve'"),
        new Attack(Victim.PASSWORD, "UPDATE passwords SET changed_at = 0 WHERE person_id = '$eve'"),
        // A seed that the attacker knows, or a password of it that was used.
        new Attack(
            Victim.TOTP_SEED,
            "UPDATE totp_seeds SET seed = (SELECT seed FROM totp_seeds WHERE person_id = '$ada') WHERE person_id = '$eve'"),
        new Attack(
            Victim.TOTP_SEED,
            "UPDATE totp_seeds SET seed = (SELECT seed FROM totp_seeds WHERE person_id = '$ada'), seal = (SELECT seal FROM totp_seeds WHERE person_id = '$ada') WHERE person_id = '$eve'"),
        new Attack(
            Victim.TOTP_SEED, "UPDATE totp_seeds SET last_step = 0 WHERE person_id = '$eve'"),
        new Attack(
            Victim.TOTP_SEED, "UPDATE totp_seeds SET confirmed_at = 0 WHERE person_id = '$eve'"),
        new Attack(
            Victim.TOTP_SEED, "UPDATE totp_seeds SET confirmed_at = NULL WHERE person_id = '$eve'"),
        new Attack(
            Victim.TOTP_SEED, "UPDATE totp_seeds SET created_at = 0 WHERE person_id = '$eve'"),
        new Attack(
            Victim.TOTP_SEED, "UPDATE totp_seeds SET seed_version = 9 WHERE person_id = '$eve'"),
        // A passkey of the attacker's, or one whose counter went back.
        new Attack(
            Victim.PASSKEY, "UPDATE passkeys SET public_key = $zeros WHERE person_id = '$eve'"),
        new Attack(Victim.PASSKEY, "UPDATE passkeys SET sign_count = 0 WHERE person_id = '$eve'"),
        new Attack(
            Victim.PASSKEY, "UPDATE passkeys SET person_id = '$ada' WHERE person_id = '$eve'"),
        new Attack(Victim.PASSKEY, "UPDATE passkeys SET name = 'Mine' WHERE person_id = '$eve'"),
        new Attack(Victim.PASSKEY, "UPDATE passkeys SET backed_up = 1 WHERE person_id = '$eve'"),
        new Attack(
            Victim.PASSKEY, "UPDATE passkeys SET backup_eligible = 1 WHERE person_id = '$eve'"),
        new Attack(Victim.PASSKEY, "UPDATE passkeys SET last_used_at = 0 WHERE person_id = '$eve'"),
        // A recovery code that the attacker knows.
        new Attack(
            Victim.RECOVERY_CODE,
            "UPDATE recovery_codes SET person_id = '$eve' WHERE person_id = '$ada'"),
        new Attack(
            Victim.RECOVERY_CODE,
            "UPDATE recovery_codes SET digest = $person_zeros WHERE person_id = '$eve'"),
        new Attack(
            Victim.RECOVERY_CODE,
            "UPDATE recovery_codes SET created_at = 0 WHERE person_id = '$eve'"),
        // A sign-in becomes another person's, goes on for longer, or has proved more; or its cookie
        // is one that the attacker has.
        new Attack(
            Victim.SIGN_IN, "UPDATE sign_ins SET person_id = '$ada' WHERE person_id = '$eve'"),
        new Attack(
            Victim.SIGN_IN,
            "UPDATE sign_ins SET last_seen_at = last_seen_at + 1 WHERE person_id = '$eve'"),
        new Attack(
            Victim.SIGN_IN,
            "UPDATE sign_ins SET created_at = created_at + 1 WHERE person_id = '$eve'"),
        new Attack(Victim.SIGN_IN, "UPDATE sign_ins SET totp_at = 0 WHERE person_id = '$eve'"),
        new Attack(Victim.SIGN_IN, "UPDATE sign_ins SET passkey_at = 0 WHERE person_id = '$eve'"),
        new Attack(
            Victim.SIGN_IN, "UPDATE sign_ins SET recovery_code_at = 0 WHERE person_id = '$eve'"),
        new Attack(
            Victim.SIGN_IN,
            "UPDATE sign_ins SET password_at = password_at + 1 WHERE person_id = '$eve'"),
        new Attack(
            Victim.SIGN_IN,
            "UPDATE sign_ins SET password_at = NULL, totp_at = password_at WHERE person_id = '$eve'"),
        new Attack(Victim.SIGN_IN, "UPDATE sign_ins SET ended_at = NULL WHERE person_id = '$eve'"),
        new Attack(
            Victim.SIGN_IN, "UPDATE sign_ins SET source = '198.51.100.1' WHERE person_id = '$eve'"),
        new Attack(
            Victim.SIGN_IN, "UPDATE sign_ins SET user_agent = 'x' WHERE person_id = '$eve'"));
  }

  @TestFactory
  Stream<DynamicTest> alteredRow_grantsNothingAndAlarms() {
    return attacks().stream()
        .map(attack ->
            DynamicTest.dynamicTest(
                attack.sql(), () -> assertRepelled(attack, SealVerdict.BROKEN)));
  }

  /** Nothing can be said of a row that a pepper sealed which the keyset lacks. */
  @TestFactory
  Stream<DynamicTest> unknownPepperVersion_grantsNothingAndAlarms() {
    return Stream.of(
            new Attack(Victim.PERSON, "UPDATE persons SET pepper_version = 9 WHERE id = '$eve'"),
            new Attack(Victim.MEMBER, "UPDATE members SET pepper_version = 9 WHERE id = '$member'"),
            new Attack(
                Victim.INVITATION,
                "UPDATE invitations SET pepper_version = 9 WHERE id = '$invitation'"),
            new Attack(
                Victim.PASSWORD,
                "UPDATE passwords SET pepper_version = 9 WHERE person_id = '$eve'"),
            new Attack(
                Victim.TOTP_SEED,
                "UPDATE totp_seeds SET pepper_version = 9 WHERE person_id = '$eve'"),
            new Attack(
                Victim.PASSKEY, "UPDATE passkeys SET pepper_version = 9 WHERE person_id = '$eve'"),
            new Attack(
                Victim.RECOVERY_CODE,
                "UPDATE recovery_codes SET pepper_version = 9 WHERE person_id = '$eve'"),
            new Attack(
                Victim.SIGN_IN, "UPDATE sign_ins SET pepper_version = 9 WHERE person_id = '$eve'"))
        .map(attack ->
            DynamicTest.dynamicTest(
                attack.sql(), () -> assertRepelled(attack, SealVerdict.UNKNOWN_VERSION)));
  }

  /** The control: what nobody altered is intact, and raises no alarm. */
  @Test
  void untouchedRows_areIntact() {
    PeopleWorld people = new PeopleWorld(world);
    world.alarms.take();
    for (Victim victim : Victim.values()) {
      assertThat(stands(people, victim)).as(victim.name()).isTrue();
    }
    assertThat(world.alarms.take()).isEmpty();
  }

  /** Who was altered is not whom a member row stands for, whatever the member row says. */
  @Test
  void alteredPerson_isNotIntactBesideTheMember() {
    PeopleWorld people = new PeopleWorld(world);
    world.database.execute(resolved(people, "UPDATE persons SET disabled = 0 WHERE id = '$eve'"));
    assertThat(
            world
                .storage
                .store()
                .<Boolean>read(reader ->
                    reader
                        .people()
                        .member(people.member.id())
                        .flatMap(Sealed::intact)
                        .orElseThrow()
                        .person()
                        .intact()
                        .isPresent()))
        .isFalse();
    assertAlarm(people, Victim.PERSON, SealVerdict.BROKEN);
  }

  private void assertRepelled(Attack attack, SealVerdict verdict) {
    PeopleWorld people = new PeopleWorld(world);
    assertThat(stands(people, attack.victim())).isTrue();
    world.alarms.take();

    String sql = resolved(people, attack.sql());
    assertThat(world.database.execute(sql)).as(sql).isPositive();

    assertThat(stands(people, attack.victim())).isFalse();
    assertAlarm(people, attack.victim(), verdict);
  }

  private void assertAlarm(PeopleWorld people, Victim victim, SealVerdict verdict) {
    String id =
        switch (victim) {
          case ORGANIZATION -> people.acme.id().text();
          case PERSON, PASSWORD, TOTP_SEED, RECOVERY_CODE -> people.eve.id().text();
          case MEMBER -> people.member.id().text();
          case INVITATION -> people.invitation.id().text();
          case PASSKEY -> people.passkey.id().text();
          case SIGN_IN -> people.signIn.id().text();
        };
    assertThat(world.alarms.take()).contains(new Raised(victim.kind(), id, verdict));
  }

  /** Tells whether a row counts, by every way to read it. */
  private boolean stands(PeopleWorld people, Victim victim) {
    return ways(people, victim).stream()
        .allMatch(way ->
            world
                .storage
                .store()
                .<Boolean>read(reader ->
                    way.apply(reader).filter(row -> row.intact().isPresent()).isPresent()));
  }

  private static List<Function<Reader, Optional<? extends Sealed<?>>>> ways(
      PeopleWorld people, Victim victim) {
    return switch (victim) {
      case ORGANIZATION -> List.of(reader -> reader.organization(people.acme.id()));
      case PERSON ->
          List.of(
              reader -> reader.people().person(people.eve.id()),
              reader ->
                  reader.people().member(people.member.id()).map(row -> row.unchecked().person()));
      case MEMBER ->
          List.of(
              reader -> reader.people().member(people.member.id()),
              reader -> reader.people().memberships(people.eve.id()).stream().findFirst());
      case INVITATION ->
          List.of(
              reader -> reader.people().invitation(people.invitation.id()),
              reader -> reader.people().invitation(people.invitation.digest()));
      case PASSWORD -> List.of(reader -> reader.credentials().password(people.eve.id()));
      case TOTP_SEED -> List.of(reader -> reader.credentials().totpSeed(people.eve.id()));
      case PASSKEY ->
          List.of(
              reader -> reader.credentials().passkey(people.passkey.credentialId()),
              reader -> reader.credentials().passkeys(people.eve.id()).stream().findFirst());
      case RECOVERY_CODE ->
          // The code that came from elsewhere is beside the person's own.
          List.of(reader ->
              reader.credentials().recoveryCodes(people.eve.id()).stream()
                  .min(Comparator.comparing(code -> code.intact().isPresent())));
      case SIGN_IN ->
          List.of(
              reader -> reader.credentials().signIn(people.signIn.digest()),
              reader -> reader.credentials().signIn(people.signIn.id()));
    };
  }

  private String resolved(PeopleWorld people, String sql) {
    return sql.replace("$other", others.ada.id().text())
        .replace("$person_zeros", world.database.zeros(32))
        .replace("$zeros", world.database.zeros(77))
        .replace("$acme", people.acme.id().text())
        .replace("$rival", world.rival.id().text())
        .replace("$eve", people.eve.id().text())
        .replace("$ada", people.ada.id().text())
        .replace("$member", people.member.id().text())
        .replace("$owner", people.owner.id().text())
        .replace("$invitation", people.invitation.id().text());
  }
}
