package io.bitting.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.fixtures.AlarmRecord;
import io.bitting.fixtures.InvitationMother;
import io.bitting.fixtures.MemberMother;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.OrganizationMother;
import io.bitting.fixtures.PersonMother;
import io.bitting.id.MemberId;
import io.bitting.id.OrganizationId;
import io.bitting.id.PasskeyId;
import io.bitting.id.PersonId;
import io.bitting.id.SignInId;
import io.bitting.member.Factor;
import io.bitting.member.Invitation;
import io.bitting.member.MailAddress;
import io.bitting.member.Member;
import io.bitting.member.Passkey;
import io.bitting.member.Password;
import io.bitting.member.Person;
import io.bitting.member.RecoveryCode;
import io.bitting.member.SignIn;
import io.bitting.member.TotpSeed;
import io.bitting.organization.Organization;
import io.bitting.organization.Role;
import io.bitting.seal.Bytes;
import io.bitting.seal.PepperKeyset;
import io.bitting.seal.SealAlarm;
import io.bitting.seal.Sealed;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What every store does with people, what they sign in with, and what they are in organizations. A
 * subclass is a factory; it loosens nothing. All tests share one database, and use organizations
 * and people of their own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PeopleContract {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int AT_ONCE = 4;
  private static final Instant LATER = MutableClock.START.plus(Duration.ofDays(3));
  private static final byte[] SEED =
      "12345678901234567890".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private final AlarmRecord alarms = new AlarmRecord();
  private Store store;

  /** Opens the store under test; called once. */
  protected abstract Store open(
      PepperKeyset keyset, Clock clock, SecureRandom random, SealAlarm alarm);

  /** Closes what {@link #open} opened. */
  protected abstract void close();

  @BeforeAll
  final void openStore() {
    store = open(PepperKeyset.generate(RANDOM), new MutableClock(), RANDOM, alarms);
  }

  @AfterAll
  final void closeStore() {
    close();
  }

  /** No test here alters a row behind the store's back, so no seal ever breaks. */
  @AfterEach
  final void noAlarmWasRaised() {
    assertThat(alarms.take()).isEmpty();
  }

  // ---- organizations

  @Test
  void updateOrganization_withAndWithoutMfa_isReadAsItIs() {
    Organization required = OrganizationMother.organization().mfaRequiredFrom(LATER).build();
    write(writer -> writer.insertOrganization(required));
    assertThat(found(reader -> reader.organization(required.id()))).contains(required);

    Organization off = required.requiringMfa(Optional.empty());
    write(writer -> writer.updateOrganization(off));
    assertThat(found(reader -> reader.organization(required.id()))).contains(off);

    Organization on = off.requiringMfa(Optional.of(MutableClock.START));
    write(writer -> writer.updateOrganization(on));
    assertThat(found(reader -> reader.organization(required.id()))).contains(on);
  }

  // ---- people

  @Test
  void insertPerson_isFoundByIdAndMail() {
    Person ada = PersonMother.person().name("Ada Łukasz").mfaSince(LATER).build();
    write(writer -> writer.people().insertPerson(ada));

    assertThat(found(reader -> reader.people().person(ada.id()))).contains(ada);
    assertThat(found(reader -> reader.people().person(ada.mail()))).contains(ada);
    assertThat(found(reader -> reader.people().person(PersonId.generate(RANDOM)))).isEmpty();
    assertThat(found(reader -> reader.people().person(new MailAddress("nobody@example.com"))))
        .isEmpty();
  }

  @Test
  void insertPerson_mailTaken_isConflict() {
    Person ada = savedPerson();
    Person other = PersonMother.person().mail(ada.mail().text()).build();

    assertConflict(() -> write(writer -> writer.people().insertPerson(other)));
    assertThat(found(reader -> reader.people().person(other.id()))).isEmpty();
  }

  @Test
  void updatePerson_throughItsLife_isReadAsItIs() {
    Person ada = savedPerson();
    Person edited = ada.edited(new MailAddress("x" + ada.mail()), "Ada L.");
    Person enrolled = edited.withMfa(Optional.of(LATER));
    Person disabled = enrolled.disabled(true);
    for (Person next : List.of(edited, enrolled, disabled)) {
      write(writer -> writer.people().updatePerson(next));
      assertThat(found(reader -> reader.people().person(ada.id()))).contains(next);
    }
    assertThat(found(reader -> reader.people().person(ada.mail()))).isEmpty();
    assertFails(() -> write(writer -> writer.people().updatePerson(edited)));
  }

  @Test
  void updatePerson_mailTaken_isConflict() {
    Person ada = savedPerson();
    Person eve = savedPerson();

    assertConflict(
        () -> write(writer -> writer.people().updatePerson(eve.edited(ada.mail(), "Eve"))));
    assertThat(found(reader -> reader.people().person(eve.id()))).contains(eve);
  }

  @Test
  void removePerson_isGoneWithEverythingTheySignInWith() {
    Person ada = savedPerson();
    SignIn signIn = signIn(ada);
    Passkey passkey = passkey(ada, 1);
    write(writer -> {
      writer.credentials().putPassword(new Password(ada.id(), "$argon2id$x", LATER));
      writer.credentials().putPendingTotpSeed(ada.id(), SEED);
      writer.credentials().insertPasskey(passkey);
      writer.credentials().putRecoveryCodes(ada.id(), List.of(recoveryCode(ada)));
      writer.credentials().insertSignIn(signIn);
    });

    write(writer -> writer.people().removePerson(ada));
    assertThat(found(reader -> reader.people().person(ada.id()))).isEmpty();
    assertThat(found(reader -> reader.credentials().password(ada.id()))).isEmpty();
    assertThat(found(reader -> reader.credentials().pendingTotpSeed(ada.id()))).isEmpty();
    assertThat(found(reader -> reader.credentials().passkey(passkey.credentialId()))).isEmpty();
    assertThat(listed(reader -> reader.credentials().recoveryCodes(ada.id()))).isEmpty();
    assertThat(found(reader -> reader.credentials().signIn(signIn.digest()))).isEmpty();
    assertFails(() -> write(writer -> writer.people().removePerson(ada)));
  }

  @Test
  void removePerson_whoIsAMemberOrChanged_isRefusedAndNothingIsRemoved() {
    Person ada = savedPerson();
    Password password = new Password(ada.id(), "$argon2id$x", LATER);
    write(writer -> writer.credentials().putPassword(password));
    assertFails(() -> write(writer -> writer.people().removePerson(ada.disabled(true))));
    savedMember(savedOrganization(), ada, Role.MEMBER);
    assertFails(() -> write(writer -> writer.people().removePerson(ada)));

    assertThat(found(reader -> reader.people().person(ada.id()))).contains(ada);
    assertThat(found(reader -> reader.credentials().password(ada.id()))).contains(password);
  }

  @Test
  void lockPerson_readsWhoIsThere() {
    Person ada = savedPerson();
    Optional<Person> locked =
        store
            .<Optional<Person>>write(
                writer -> writer.people().lockPerson(ada.id()).flatMap(Sealed::intact))
            .result();
    assertThat(locked).contains(ada);
  }

  // ---- members

  @Test
  void insertMember_isFoundWithThePerson() {
    Organization acme = savedOrganization();
    Person ada = savedPerson();
    Member member = savedMember(acme, ada, Role.AUDITOR);

    for (Function<PeopleReader, Optional<Sealed<MemberRow>>> way :
        List.<Function<PeopleReader, Optional<Sealed<MemberRow>>>>of(
            people -> people.member(member.id()), people -> people.member(acme.id(), ada.id()))) {
      MemberRow row = found(reader -> way.apply(reader.people())).orElseThrow();
      assertThat(row.member()).isEqualTo(member);
      assertThat(row.person().intact()).contains(ada);
    }
    assertThat(found(reader -> reader.people().member(MemberId.generate(RANDOM)))).isEmpty();
    Organization rival = savedOrganization();
    assertThat(found(reader -> reader.people().member(rival.id(), ada.id()))).isEmpty();
  }

  @Test
  void insertMember_twice_isConflict_andOfNobodyIsRefused() {
    Organization acme = savedOrganization();
    Person ada = savedPerson();
    savedMember(acme, ada, Role.MEMBER);

    assertConflict(() -> savedMember(acme, ada, Role.OWNER));
    assertFails(() ->
        write(writer ->
            writer
                .people()
                .insertMember(MemberMother.member(acme.id(), PersonId.generate(RANDOM)).build())));
    assertFails(() ->
        write(writer ->
            writer
                .people()
                .insertMember(
                    MemberMother.member(OrganizationId.generate(RANDOM), ada.id()).build())));
  }

  @Test
  void updateMember_anotherRole_isReadAsItIs_andNothingElseChanges() {
    Organization acme = savedOrganization();
    Member member = savedMember(acme, savedPerson(), Role.MEMBER);
    Member owner = member.as(Role.OWNER);
    write(writer -> writer.people().updateMember(owner));
    assertThat(member(owner.id())).contains(owner);

    assertFails(() -> write(writer -> writer.people().updateMember(member.as(Role.ADMIN))));
    Member elsewhere =
        new Member(
            member.id(),
            savedOrganization().id(),
            member.person(),
            Role.OWNER,
            member.joinedAt(),
            member.addedBy(),
            3);
    assertFails(() -> write(writer -> writer.people().updateMember(elsewhere)));
    assertThat(member(owner.id())).contains(owner);
  }

  /** The person's, in each organization alike; the latest stays, and no revision counts it. */
  @Test
  void noteSignIn_isReadWithEveryMembership_andNeverGoesBack() {
    Person ada = savedPerson();
    Member here = savedMember(savedOrganization(), ada, Role.OWNER);
    Member there = savedMember(savedOrganization(), ada, Role.AUDITOR);
    Member eve = savedMember(savedOrganization(), savedPerson(), Role.OWNER);
    assertThat(lastSignIn(here)).isEmpty();

    write(writer -> writer.people().noteSignIn(ada.id(), LATER));
    write(writer -> writer.people().noteSignIn(ada.id(), LATER.minusMillis(1)));
    assertThat(lastSignIn(here)).contains(LATER);
    assertThat(lastSignIn(there)).contains(LATER);
    assertThat(lastSignIn(eve)).isEmpty();

    write(writer -> writer.people().updatePerson(ada.withMfa(Optional.of(LATER))));
    write(writer -> writer.people().noteSignIn(ada.id(), LATER.plusMillis(1)));
    assertThat(lastSignIn(here)).contains(LATER.plusMillis(1));
    write(writer -> writer.people().noteSignIn(PersonId.generate(RANDOM), LATER));
  }

  private Optional<Instant> lastSignIn(Member member) {
    MemberRow row = found(reader -> reader.people().member(member.id())).orElseThrow();
    MemberRow listed =
        store
            .<List<Sealed<MemberRow>>>read(reader ->
                reader
                    .people()
                    .members(member.organization(), MemberFilter.all(), Optional.empty(), 10))
            .get(0)
            .unchecked();
    assertThat(listed.lastSignInAt()).isEqualTo(row.lastSignInAt());
    return Optional.ofNullable(row.lastSignInAt());
  }

  @Test
  void removeMember_isGone_andThePersonStays() {
    Organization acme = savedOrganization();
    Person ada = savedPerson();
    Member member = savedMember(acme, ada, Role.MEMBER);

    assertFails(() -> write(writer -> writer.people().removeMember(member.as(Role.OWNER))));
    write(writer -> writer.people().removeMember(member));
    assertThat(member(member.id())).isEmpty();
    assertThat(found(reader -> reader.people().person(ada.id()))).contains(ada);
    assertFails(() -> write(writer -> writer.people().removeMember(member)));
    savedMember(acme, ada, Role.AUDITOR);
  }

  @Test
  void members_filtered_areThoseAskedFor() {
    Organization acme = savedOrganization();
    Person ada = saved(PersonMother.person().name("Ada 100%").mfaSince(LATER));
    Person eve = saved(PersonMother.person().name("Ève_Straße"));
    Member owner = savedMember(acme, ada, Role.OWNER);
    Member auditor = savedMember(acme, eve, Role.AUDITOR);
    savedMember(savedOrganization(), ada, Role.OWNER);

    assertThat(members(acme, MemberFilter.all())).containsExactlyInAnyOrder(owner, auditor);
    assertThat(members(acme, MemberFilter.as(Role.OWNER))).containsExactly(owner);
    assertThat(members(acme, MemberFilter.as(Role.ADMIN))).isEmpty();
    assertThat(members(acme, MemberFilter.withoutMfa())).containsExactly(auditor);
    assertThat(
            members(acme, new MemberFilter(Optional.empty(), Optional.of(true), Optional.empty())))
        .containsExactly(owner);
    assertThat(members(acme, text("0%"))).containsExactly(owner);
    assertThat(members(acme, text("%"))).containsExactly(owner);
    assertThat(members(acme, text("e_STRASSE"))).containsExactly(auditor);
    assertThat(members(acme, text("_"))).containsExactly(auditor);
    assertThat(members(acme, text(eve.mail().text().substring(2)))).containsExactly(auditor);
    assertThat(members(acme, text(owner.id().text()))).containsExactly(owner);
    assertThat(members(acme, text("nobody"))).isEmpty();
  }

  @Test
  void members_pageByPage_areTheNewestFirst() {
    Organization acme = savedOrganization();
    List<Member> all =
        IntStream.range(0, 5)
            .mapToObj(i ->
                MemberMother.member(acme.id(), savedPerson().id())
                    .joinedAt(MutableClock.START.plusSeconds(i / 2))
                    .build())
            .toList();
    all.forEach(member -> write(writer -> writer.people().insertMember(member)));

    List<Member> paged = new ArrayList<>();
    Optional<MemberFilter.After> after = Optional.empty();
    for (int page = 0; page < 4; page++) {
      Optional<MemberFilter.After> begin = after;
      List<MemberRow> rows =
          listed(reader -> reader.people().members(acme.id(), MemberFilter.all(), begin, 2));
      rows.forEach(row -> paged.add(row.member()));
      Member last = paged.get(paged.size() - 1);
      after = Optional.of(new MemberFilter.After(last.joinedAt(), last.id()));
    }
    assertThat(paged)
        .containsExactlyElementsOf(
            all.stream()
                .sorted(
                    Comparator.comparing(Member::joinedAt)
                        .thenComparing(member -> member.id().text())
                        .reversed())
                .toList());
  }

  @Test
  void memberships_areThoseOfThePerson_theOldestFirst() {
    Person ada = savedPerson();
    Organization acme = savedOrganization();
    Organization rival = savedOrganization();
    Member later =
        MemberMother.member(acme.id(), ada.id()).joinedAt(LATER).role(Role.OWNER).build();
    write(writer -> writer.people().insertMember(later));
    Member first = savedMember(rival, ada, Role.AUDITOR);
    savedMember(acme, savedPerson(), Role.OWNER);

    assertThat(listed(reader -> reader.people().memberships(ada.id())))
        .containsExactly(first, later);
    Person nobody = savedPerson();
    assertThat(listed(reader -> reader.people().memberships(nobody.id()))).isEmpty();
  }

  // ---- invitations

  @Test
  void insertInvitation_isFoundByIdCodeAndMail() {
    Organization acme = savedOrganization();
    Invitation invitation = savedInvitation(acme, "eve@example.com", MutableClock.START);

    assertThat(found(reader -> reader.people().invitation(invitation.id()))).contains(invitation);
    assertThat(found(reader -> reader.people().invitation(invitation.digest())))
        .contains(invitation);
    assertThat(found(reader -> reader.people().invitation(acme.id(), invitation.mail())))
        .contains(invitation);
    assertThat(found(reader -> reader.people().invitation(randomBytes(32)))).isEmpty();
    Organization rival = savedOrganization();
    assertThat(found(reader -> reader.people().invitation(rival.id(), invitation.mail())))
        .isEmpty();
  }

  @Test
  void insertInvitation_ofTheSameMail_isConflict_andFreeOnceRemoved() {
    Organization acme = savedOrganization();
    Invitation first = savedInvitation(acme, "eve@example.com", MutableClock.START);

    assertConflict(() -> savedInvitation(acme, "eve@example.com", LATER));
    savedInvitation(savedOrganization(), "eve@example.com", LATER);
    write(writer -> writer.people().removeInvitation(first));
    assertThat(found(reader -> reader.people().invitation(first.digest()))).isEmpty();
    assertFails(() -> write(writer -> writer.people().removeInvitation(first)));
    savedInvitation(acme, "eve@example.com", LATER);
  }

  @Test
  void removeInvitation_byManyAtOnce_oneSucceeds() throws Exception {
    Invitation invitation =
        savedInvitation(savedOrganization(), "eve@example.com", MutableClock.START);
    assertOneSucceeds(writer -> writer.people().removeInvitation(invitation));
  }

  @Test
  void invitations_pageByPage_areTheNewestFirst() {
    Organization acme = savedOrganization();
    List<Invitation> all =
        IntStream.range(0, 5)
            .mapToObj(i ->
                savedInvitation(
                    acme, "p" + i + "@example.com", MutableClock.START.plusSeconds(i / 2)))
            .toList();
    savedInvitation(savedOrganization(), "p0@example.com", LATER);

    List<Invitation> paged = new ArrayList<>();
    Optional<PeopleReader.InvitedAfter> after = Optional.empty();
    for (int page = 0; page < 4; page++) {
      Optional<PeopleReader.InvitedAfter> begin = after;
      paged.addAll(listed(reader -> reader.people().invitations(acme.id(), begin, 2)));
      Invitation last = paged.get(paged.size() - 1);
      after = Optional.of(new PeopleReader.InvitedAfter(last.createdAt(), last.id()));
    }
    assertThat(paged)
        .containsExactlyElementsOf(
            all.stream()
                .sorted(
                    Comparator.comparing(Invitation::createdAt)
                        .thenComparing(invitation -> invitation.id().text())
                        .reversed())
                .toList());
  }

  // ---- what people sign in with

  @Test
  void putPassword_again_replacesTheOneBefore() {
    Person ada = savedPerson();
    assertThat(found(reader -> reader.credentials().password(ada.id()))).isEmpty();
    for (String phc : List.of("$argon2id$v=19$first", "$argon2id$v=19$second")) {
      Password password = new Password(ada.id(), phc, LATER);
      write(writer -> writer.credentials().putPassword(password));
      assertThat(found(reader -> reader.credentials().password(ada.id()))).contains(password);
    }
    assertFails(() ->
        write(writer ->
            writer
                .credentials()
                .putPassword(new Password(PersonId.generate(RANDOM), "$x", LATER))));
  }

  @Test
  void totpSeed_pendingThenConfirmed_isEncryptedAndReadAgain() {
    Person ada = savedPerson();
    TotpSeed pending = pendingSeed(ada);
    assertThat(pending.isPending()).isTrue();
    assertThat(pending.seed().bytes().hex())
        .doesNotContain(Bytes.of(SEED).hex())
        .isNotEqualTo(pendingSeed(ada).seed().bytes().hex());

    TotpSeed second = pendingSeed(ada);
    assertThat(found(reader -> reader.credentials().pendingTotpSeed(ada.id()))).contains(second);
    assertThat(found(reader -> reader.credentials().totpSeed(ada.id()))).isEmpty();
    assertThat(decrypted(second)).contains(Bytes.of(SEED));

    TotpSeed confirmed = second.confirmed(LATER, 100);
    assertFails(
        () -> write(writer -> writer.credentials().confirmTotpSeed(pending.confirmed(LATER, 9))));
    write(writer -> writer.credentials().confirmTotpSeed(confirmed));
    assertThat(found(reader -> reader.credentials().totpSeed(ada.id()))).contains(confirmed);
    assertThat(found(reader -> reader.credentials().pendingTotpSeed(ada.id()))).isEmpty();
    assertThat(decrypted(confirmed)).contains(Bytes.of(SEED));
  }

  @Test
  void totpSeed_enrolledAnew_standsBesideTheOldOneUntilConfirmed() {
    Person ada = savedPerson();
    TotpSeed old = pendingSeed(ada).confirmed(LATER, 100);
    write(writer -> writer.credentials().confirmTotpSeed(old));
    TotpSeed fresh = pendingSeed(ada);
    assertThat(found(reader -> reader.credentials().totpSeed(ada.id()))).contains(old);

    TotpSeed confirmed = fresh.confirmed(LATER, 5);
    write(writer -> writer.credentials().confirmTotpSeed(confirmed));
    assertThat(found(reader -> reader.credentials().totpSeed(ada.id()))).contains(confirmed);

    pendingSeed(ada);
    write(writer -> writer.credentials().removeTotpSeeds(ada.id()));
    assertThat(found(reader -> reader.credentials().totpSeed(ada.id()))).isEmpty();
    assertThat(found(reader -> reader.credentials().pendingTotpSeed(ada.id()))).isEmpty();
  }

  /** RFC 6238, section 5.2: a one-time password is accepted once. */
  @Test
  void updateTotpSeed_aStepThatWasUsed_isRefused() {
    TotpSeed seed = confirmedSeed();
    write(writer -> writer.credentials().updateTotpSeed(seed.accepted(102)));
    for (long step : List.of(102, 101, 100, 0)) {
      assertFails(() -> write(writer -> writer.credentials().updateTotpSeed(seed.accepted(step))));
    }
    assertThat(found(reader -> reader.credentials().totpSeed(seed.person())))
        .contains(seed.accepted(102));
    write(writer -> writer.credentials().updateTotpSeed(seed.accepted(103)));
  }

  @Test
  void updateTotpSeed_sameStepByManyAtOnce_oneSucceeds() throws Exception {
    TotpSeed seed = confirmedSeed();
    assertOneSucceeds(writer -> writer.credentials().updateTotpSeed(seed.accepted(101)));
  }

  /** A seed that was taken over into another person's row is not read there. */
  @Test
  void decrypted_seedOfAnotherPerson_isEmpty() {
    TotpSeed seed = confirmedSeed();
    TotpSeed taken =
        new TotpSeed(
            savedPerson().id(), seed.seed(), seed.createdAt(), seed.confirmedAt(), seed.lastStep());
    assertThat(decrypted(taken)).isEmpty();
  }

  @Test
  void passkeys_throughTheirLives_areReadAsTheyAre() {
    Person ada = savedPerson();
    Passkey laptop = passkey(ada, 1);
    Passkey phone = passkey(ada, 2);
    for (Passkey each : List.of(phone, laptop)) {
      write(writer -> writer.credentials().insertPasskey(each));
    }
    assertThat(listed(reader -> reader.credentials().passkeys(ada.id())))
        .containsExactly(laptop, phone);
    assertThat(found(reader -> reader.credentials().passkey(phone.credentialId()))).contains(phone);
    assertThat(found(reader -> reader.credentials().passkey(randomBytes(16)))).isEmpty();

    Passkey used = phone.used(LATER, 8, true).named("Telefon");
    write(writer -> writer.credentials().updatePasskey(used));
    assertThat(found(reader -> reader.credentials().passkey(phone.credentialId()))).contains(used);

    write(writer -> writer.credentials().removePasskey(laptop));
    assertFails(() -> write(writer -> writer.credentials().removePasskey(laptop)));
    assertFails(() -> write(writer -> writer.credentials().updatePasskey(laptop)));
    assertThat(listed(reader -> reader.credentials().passkeys(ada.id()))).containsExactly(used);
  }

  @Test
  void insertPasskey_thatSomebodyHas_isConflict() {
    Person ada = savedPerson();
    Passkey passkey = passkey(ada, 1);
    write(writer -> writer.credentials().insertPasskey(passkey));
    Passkey same =
        new Passkey(
            PasskeyId.generate(RANDOM),
            savedPerson().id(),
            "Mine",
            passkey.credentialId(),
            randomBytes(77),
            0,
            false,
            false,
            LATER,
            null);
    assertConflict(() -> write(writer -> writer.credentials().insertPasskey(same)));
  }

  @Test
  void recoveryCodes_areUsedOnce_andReplacedTogether() throws Exception {
    Person ada = savedPerson();
    List<RecoveryCode> first = List.of(recoveryCode(ada), recoveryCode(ada));
    write(writer -> writer.credentials().putRecoveryCodes(ada.id(), first));
    assertThat(listed(reader -> reader.credentials().recoveryCodes(ada.id())))
        .containsExactlyInAnyOrderElementsOf(first);

    assertOneSucceeds(writer -> writer.credentials().removeRecoveryCode(first.get(0)));
    assertThat(listed(reader -> reader.credentials().recoveryCodes(ada.id())))
        .containsExactly(first.get(1));

    RecoveryCode fresh = recoveryCode(ada);
    write(writer -> writer.credentials().putRecoveryCodes(ada.id(), List.of(fresh)));
    assertThat(listed(reader -> reader.credentials().recoveryCodes(ada.id())))
        .containsExactly(fresh);
  }

  // ---- sign-ins

  @Test
  void signIn_throughItsLife_isReadAsItIs() {
    Person ada = savedPerson();
    SignIn begun = signIn(ada);
    write(writer -> writer.credentials().insertSignIn(begun));
    SignIn proved =
        begun
            .proving(Factor.TOTP, MutableClock.START.plusSeconds(5))
            .renewed(randomBytes(32))
            .seen(MutableClock.START.plusSeconds(9));
    write(writer -> writer.credentials().updateSignIn(proved));
    assertThat(found(reader -> reader.credentials().signIn(begun.digest()))).isEmpty();
    assertThat(found(reader -> reader.credentials().signIn(proved.digest()))).contains(proved);

    SignIn ended = proved.ended(LATER);
    write(writer -> writer.credentials().updateSignIn(ended));
    assertThat(found(reader -> reader.credentials().signIn(begun.id()))).contains(ended);
    for (SignIn again : List.of(proved, proved.ended(LATER.plusSeconds(1)))) {
      assertFails(() -> write(writer -> writer.credentials().updateSignIn(again)));
    }
    assertThat(found(reader -> reader.credentials().signIn(begun.id()))).contains(ended);
    assertThat(found(reader -> reader.credentials().signIn(SignInId.generate(RANDOM)))).isEmpty();
  }

  @Test
  void signIns_areThoseOfThePerson_theNewestFirst() {
    Person ada = savedPerson();
    SignIn first = signIn(ada);
    SignIn second = signIn(ada, MutableClock.START.plusSeconds(1));
    for (SignIn each : List.of(first, second, signIn(savedPerson()))) {
      write(writer -> writer.credentials().insertSignIn(each));
    }
    assertThat(listed(reader -> reader.credentials().signIns(ada.id())))
        .containsExactly(second, first);
  }

  @Test
  void removeSignIns_removesTheOldest() {
    Instant longAgo = MutableClock.START.minus(Duration.ofDays(400));
    Person ada = savedPerson();
    List<SignIn> all =
        IntStream.range(0, 4).mapToObj(i -> signIn(ada, longAgo.plusSeconds(i))).toList();
    all.forEach(each -> write(writer -> writer.credentials().insertSignIn(each)));
    Position before = store.read(Reader::position);

    Store.Committed<Integer> two =
        store.write(writer -> writer.credentials().removeSignIns(longAgo.plusSeconds(3), 2));
    assertThat(two.result()).isEqualTo(2);
    assertThat(two.position().seq()).isGreaterThan(before.seq());
    assertThat(listed(reader -> reader.credentials().signIns(ada.id())))
        .containsExactly(all.get(3), all.get(2));
    assertThat(
            store
                .write(writer -> writer.credentials().removeSignIns(longAgo.plusSeconds(3), 9))
                .result())
        .isOne();
    assertThat(listed(reader -> reader.credentials().signIns(ada.id())))
        .containsExactly(all.get(3));
  }

  // ---- rows of a test's own

  private Organization savedOrganization() {
    Organization organization = OrganizationMother.organization().build();
    write(writer -> writer.insertOrganization(organization));
    return organization;
  }

  private Person saved(PersonMother mother) {
    Person person = mother.build();
    write(writer -> writer.people().insertPerson(person));
    return person;
  }

  private Person savedPerson() {
    return saved(PersonMother.person());
  }

  private Member savedMember(Organization organization, Person person, Role role) {
    Member member = MemberMother.member(organization.id(), person.id()).role(role).build();
    write(writer -> writer.people().insertMember(member));
    return member;
  }

  private Invitation savedInvitation(Organization organization, String mail, Instant at) {
    Invitation invitation =
        InvitationMother.invitation(organization.id(), new MailAddress(mail)).createdAt(at).build();
    write(writer -> writer.people().insertInvitation(invitation));
    return invitation;
  }

  private TotpSeed pendingSeed(Person person) {
    return store
        .write(writer -> writer.credentials().putPendingTotpSeed(person.id(), SEED))
        .result();
  }

  private TotpSeed confirmedSeed() {
    TotpSeed seed = pendingSeed(savedPerson()).confirmed(LATER, 100);
    write(writer -> writer.credentials().confirmTotpSeed(seed));
    return seed;
  }

  private static Passkey passkey(Person person, int age) {
    return new Passkey(
        PasskeyId.generate(RANDOM),
        person.id(),
        "Key " + age,
        randomBytes(64),
        randomBytes(77),
        7,
        true,
        false,
        MutableClock.START.plusSeconds(age),
        null);
  }

  private static RecoveryCode recoveryCode(Person person) {
    return new RecoveryCode(person.id(), randomBytes(32), MutableClock.START);
  }

  private static SignIn signIn(Person person) {
    return signIn(person, MutableClock.START);
  }

  private static SignIn signIn(Person person, Instant at) {
    return new SignIn(
        SignInId.generate(RANDOM),
        randomBytes(32),
        person.id(),
        at,
        at,
        Map.of(Factor.PASSWORD, at),
        "192.0.2.7",
        "Mozilla/5.0",
        null);
  }

  private static Bytes randomBytes(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  // ---- reading and writing

  private Optional<Member> member(MemberId id) {
    return found(reader -> reader.people().member(id)).map(MemberRow::member);
  }

  private List<Member> members(Organization organization, MemberFilter filter) {
    return listed(
            reader -> reader.people().members(organization.id(), filter, Optional.empty(), 100))
        .stream()
        .map(MemberRow::member)
        .toList();
  }

  private static MemberFilter text(String part) {
    return new MemberFilter(Optional.empty(), Optional.empty(), Optional.of(part));
  }

  private Optional<Bytes> decrypted(TotpSeed seed) {
    return store
        .<Optional<byte[]>>read(reader -> reader.credentials().decrypted(seed))
        .map(Bytes::of);
  }

  private <T> Optional<T> found(Function<Reader, Optional<Sealed<T>>> query) {
    return store.<Optional<Sealed<T>>>read(query).map(row -> row.intact().orElseThrow());
  }

  private <T> List<T> listed(Function<Reader, List<Sealed<T>>> query) {
    return store.<List<Sealed<T>>>read(query).stream()
        .map(row -> row.intact().orElseThrow())
        .toList();
  }

  private interface Writing {
    void to(Writer writer);
  }

  private void write(Writing writing) {
    store.write(writer -> {
      writing.to(writer);
      return true;
    });
  }

  private void assertOneSucceeds(Writing writing) throws Exception {
    ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        tasks.add(() -> {
          try {
            write(writing);
            return true;
          } catch (StoreException e) {
            return false;
          }
        });
      }
      List<Boolean> succeeded = new ArrayList<>();
      for (Future<Boolean> done : workers.invokeAll(tasks)) {
        succeeded.add(done.get());
      }
      assertThat(succeeded).containsOnlyOnce(true);
    } finally {
      workers.shutdown();
    }
  }

  private static void assertConflict(ThrowingCallable call) {
    assertThatExceptionOfType(StoreException.Conflict.class).isThrownBy(call);
  }

  /** The store refuses, as a fault of the caller that no uniqueness explains. */
  private static void assertFails(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(StoreException.class);
  }
}
