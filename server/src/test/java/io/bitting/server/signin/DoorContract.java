package io.bitting.server.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.fixtures.AlarmRecord;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.OrganizationMother;
import io.bitting.id.InvitationId;
import io.bitting.id.PersonId;
import io.bitting.jdbc.JdbcDatabase;
import io.bitting.jdbc.TestDatabase;
import io.bitting.member.Factor;
import io.bitting.member.Invitation;
import io.bitting.member.MailAddress;
import io.bitting.member.Person;
import io.bitting.member.SignIn;
import io.bitting.organization.Organization;
import io.bitting.organization.Role;
import io.bitting.seal.Bytes;
import io.bitting.seal.PepperKeyset;
import io.bitting.seal.Sealed;
import io.bitting.server.TestServer;
import io.bitting.server.members.LeaveOrganization;
import io.bitting.store.MemberRow;
import io.bitting.store.Reader;
import io.bitting.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * ASVS 6 and 7 of the threats, B2 to B4, X7 and X8, without HTTP: what each flow of signing in asks
 * for and leaves behind, on either database.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DoorContract {
  static final String PHRASE = "sieben müde Igel im Laub";
  static final String SHORT = "Qx7!vbT2";
  private static final String BASE = "https://auth.example.org";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final MutableClock clock = new MutableClock();
  private final AtomicLong nanos = new AtomicLong();
  private int count;
  private TestDatabase database;
  private JdbcDatabase open;
  private Store store;
  private Door door;

  abstract TestDatabase database();

  @BeforeAll
  void open() {
    database = database();
    open = database.open();
    PepperKeyset keyset = PepperKeyset.generate(RANDOM);
    store = open.open(keyset, clock, RANDOM, new AlarmRecord()).store();
    door = Door.of(store, keyset, () -> BASE, clock, nanos::get, RANDOM);
  }

  @AfterAll
  void close() {
    open.close();
    database.close();
  }

  /** Moves both clocks. */
  private void advance(Duration duration) {
    clock.advance(duration);
    nanos.addAndGet(duration.toNanos());
  }

  private static Browser browser() {
    return browser("");
  }

  private static Browser browser(String device) {
    // An address of its own each time: what is counted here is counted by account.
    byte[] address = new byte[3];
    RANDOM.nextBytes(address);
    return new Browser(
        "10.%d.%d.%d".formatted(address[0] & 0xff, address[1] & 0xff, address[2] & 0xff),
        "Mozilla/5.0",
        device,
        "request000000001");
  }

  private Organization organization() {
    Organization made = OrganizationMother.organization().build();
    store.write(writer -> {
      writer.insertOrganization(made);
      return made;
    });
    return made;
  }

  private void require(Organization organization) {
    store.write(writer -> {
      Organization now =
          writer.lockOrganization(organization.id()).flatMap(Sealed::intact).orElseThrow();
      writer.updateOrganization(now.requiringMfa(Optional.of(clock.instant())));
      return now;
    });
  }

  private String mail() {
    return "ada" + ++count + "@example.com";
  }

  private String invite(Organization organization, String mail, Role role) {
    return invite(organization, mail, role, new Actor(Actor.Kind.OPERATOR, "test"));
  }

  private String invite(Organization organization, String mail, Role role, Actor by) {
    String code = door.cookies().draw();
    store.write(writer -> {
      Invitation invitation =
          new Invitation(
              InvitationId.generate(RANDOM),
              organization.id(),
              new MailAddress(mail),
              role,
              Bytes.sha256(code),
              clock.instant(),
              by,
              clock.instant().plus(Duration.ofDays(7)));
      writer.people().insertInvitation(invitation);
      return invitation;
    });
    return code;
  }

  private static <R> R done(Outcome<R> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<R>) outcome).result();
  }

  private static void refused(Outcome<?> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
  }

  private static void faulty(Outcome<?> outcome, String code) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Faulty.class,
            faulty -> assertThat(faulty.faults().toString()).contains("code=" + code));
  }

  private static void notSignedIn(Outcome<?> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.NotSignedIn.class);
  }

  private static void notFresh(Outcome<?> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.NotFresh.class);
  }

  /** Somebody who joined, and how they sign in. */
  private final class Ada {
    final Organization organization;
    final String mail = mail();
    final String password;
    Begun begun;
    String seed = "";
    List<String> codes = List.of();

    Ada(Organization organization, Role role, String password) {
      this.organization = organization;
      this.password = password;
      begun =
          done(door.invitations()
                  .accept(invite(organization, mail, role), "Ada", password, browser()))
              .begun();
    }

    Ada(String password) {
      this(organization(), Role.MEMBER, password);
    }

    Ada withApp() {
      seed = done(door.enrolApp().offer(begun.cookie())).text();
      Enrolled enrolled = done(door.enrolApp().confirm(begun.cookie(), code(), browser()));
      begun = enrolled.begun();
      codes = enrolled.codes();
      advance(Duration.ofSeconds(60));
      return this;
    }

    String code() {
      return Codes.of(seed, clock.instant());
    }

    Outcome<Begun> signIn() {
      return door.byPassword().signIn(mail, password, browser());
    }

    PersonId id() {
      return begun.person().id();
    }

    Person person() {
      return store.read(reader ->
          reader.people().person(new MailAddress(mail)).flatMap(Sealed::intact).orElseThrow());
    }

    List<String> events() {
      return store
          .<List<AuditEvent>>read(reader ->
              reader.auditEvents(
                  AuditChain.of(organization.id()),
                  Reader.AuditFilter.all(),
                  Optional.empty(),
                  200))
          .stream()
          .map(event -> event.act().action())
          .toList();
    }

    Optional<Instant> lastSignIn() {
      return store.read(reader ->
          reader
              .people()
              .member(organization.id(), id())
              .map(row -> row.unchecked().lastSignInAt()));
    }

    boolean isLive(Begun which) {
      return door.enrolPasskey().options(which.cookie()).isPresent();
    }
  }

  private <R> List<Outcome<R>> atOnce(Callable<Outcome<R>> deed) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Outcome<R>>> futures = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        futures.add(threads.submit(deed));
      }
      List<Outcome<R>> outcomes = new ArrayList<>();
      for (Future<Outcome<R>> each : futures) {
        outcomes.add(each.get());
      }
      return outcomes;
    }
  }

  // ---- joining

  /** 6.2.1: eight characters are enough only beside a factor, which has to be enrolled at once. */
  @Test
  void accept_withAShortPassword_isGoodForEnrolmentAlone_alsoAtTheNextSignIn() {
    Ada ada = new Ada(SHORT);
    assertThat(ada.begun.standing()).isEqualTo(Standing.ENROLMENT_MISSING);
    assertThat(ada.begun.device()).isEmpty();
    notSignedIn(door.changePassword().change(ada.begun.cookie(), SHORT, PHRASE + " 2", browser()));
    notSignedIn(door.endSignIns().endOthers(ada.begun.cookie(), browser()));

    Begun again = done(ada.signIn());
    assertThat(again.standing()).isEqualTo(Standing.ENROLMENT_MISSING);

    ada.withApp();
    assertThat(ada.begun.standing()).isEqualTo(Standing.WHOLE);
    assertThat(ada.codes).hasSize(RecoveryCodes.COUNT);
    // The other one has everything to prove that there is now.
    notSignedIn(door.endSignIns().endOthers(again.cookie(), browser()));
    assertThat(ada.events())
        .containsExactly("person.mfa_enrolled", "signin.made", "signin.made", "member.joined");
  }

  @Test
  void accept_withALongPassword_isGoodForEverything() {
    Ada ada = new Ada(PHRASE);
    assertThat(ada.begun.standing()).isEqualTo(Standing.WHOLE);
    assertThat(ada.person().name()).isEqualTo("Ada");
    assertThat(
            store.<Optional<MemberRow>>read(reader ->
                reader.people().member(ada.organization.id(), ada.id()).flatMap(Sealed::intact)))
        .get()
        .extracting(row -> row.member().role())
        .isEqualTo(Role.MEMBER);
  }

  /** 6.4.1, B4: a code counts once, within its time, and not when it was withdrawn. */
  @Test
  void accept_codesThatDoNotCount_makeNobody() throws Exception {
    Organization organization = organization();
    String mail = mail();
    String code = invite(organization, mail, Role.MEMBER);
    for (String wrong : List.of("", "x", code + "x", code.toLowerCase(Locale.ROOT) + " ")) {
      refused(door.invitations().accept(wrong, "Eve", PHRASE, browser()));
    }
    List<Outcome<Joined>> outcomes =
        atOnce(() -> door.invitations().accept(code, "Ada", PHRASE, browser()));
    assertThat(outcomes.stream().filter(each -> each instanceof Outcome.Done)).hasSize(1);
    refused(door.invitations().accept(code, "Ada", PHRASE, browser()));

    String late = invite(organization, mail(), Role.MEMBER);
    advance(Duration.ofDays(7));
    refused(door.invitations().accept(late, "Ada", PHRASE, browser()));
    assertThat(door.invitations().find(late)).isEmpty();
  }

  /** A9, A10: an invitation is worth what whoever made it may still give. */
  @Test
  void accept_invitationOfSomebodyWhoMayNotGiveTheRoleAnyMore_isRefused() {
    Ada owner = new Ada(organization(), Role.OWNER, PHRASE);
    MemberRow row =
        store.<MemberRow>read(reader ->
            reader
                .people()
                .member(owner.organization.id(), owner.id())
                .flatMap(Sealed::intact)
                .orElseThrow());
    String code = invite(owner.organization, mail(), Role.ADMIN, Actor.member(row.member().id()));
    assertThat(door.invitations().find(code)).isPresent();
    store.write(writer -> {
      writer.people().updateMember(row.member().as(Role.ADMIN));
      return row;
    });
    refused(door.invitations().accept(code, "Eve", PHRASE, browser()));
  }

  @Test
  void accept_byWhoIsKnown_takesTheirPassword_andTheirFactorBeforeAnythingElse() {
    Ada ada = new Ada(PHRASE).withApp();
    Organization second = organization();
    String code = invite(second, ada.mail, Role.AUDITOR);
    assertThat(door.invitations().find(code)).get().matches(AcceptInvitation.Offer::known);
    faulty(door.invitations().accept(code, "Eve", PHRASE + " no", browser()), "password_wrong");
    Begun begun = done(door.invitations().accept(code, "Eve", PHRASE, browser())).begun();
    assertThat(begun.person().name()).isEqualTo("Ada");
    assertThat(begun.standing()).isEqualTo(Standing.SECOND_FACTOR_MISSING);
    assertThat(done(door.byCode().prove(begun.cookie(), ada.code(), browser())).standing())
        .isEqualTo(Standing.WHOLE);
  }

  /** 6.2.4 to 6.2.12: the rule holds here, too, and nothing is made. */
  @Test
  void accept_passwordsThatNobodyShouldHave_areRefused() {
    Organization organization = organization();
    String mail = mail();
    String code = invite(organization, mail, Role.MEMBER);
    faulty(door.invitations().accept(code, "Ada", "1234567", browser()), "password_too_short");
    faulty(door.invitations().accept(code, "Ada", "password1", browser()), "password_common");
    faulty(door.invitations().accept(code, "", PHRASE, browser()), "name_missing");
    faulty(door.invitations().accept(code, "a\u202eb", PHRASE, browser()), "name_invalid");
    assertThat(door.invitations().find(code)).isPresent();
    assertThat(
            store.<Boolean>read(
                reader -> reader.people().person(new MailAddress(mail)).isPresent()))
        .isFalse();
  }

  // ---- signing in

  /** Who knows the password alone has not signed in; a proof in between is no new sign-in. */
  @Test
  void signIn_isTheLastOneOnceEverythingIsProved() {
    Ada ada = new Ada(SHORT);
    assertThat(ada.lastSignIn()).isEmpty();
    Instant joined = ada.begun.signIn().createdAt();
    ada.withApp();
    assertThat(ada.lastSignIn()).contains(joined);

    Begun half = done(ada.signIn());
    refused(door.byCode().prove(half.cookie(), "000000", browser()));
    assertThat(ada.lastSignIn()).contains(joined);
    Begun whole = done(door.byCode().prove(half.cookie(), ada.code(), browser()));
    assertThat(ada.lastSignIn()).contains(half.signIn().createdAt());

    advance(Duration.ofMinutes(1));
    done(door.byCode().prove(whole.cookie(), ada.code(), browser()));
    assertThat(ada.lastSignIn()).contains(half.signIn().createdAt());
  }

  /** 6.3.8: whoever is not known is answered as whoever gives a wrong password. */
  @Test
  void signIn_unknownOrWrongOrDisabled_isAnsweredTheSame() {
    Ada ada = new Ada(PHRASE);
    Outcome<Begun> wrong = door.byPassword().signIn(ada.mail, PHRASE + "!", browser());
    refused(wrong);
    assertThat(door.byPassword().signIn("nobody@example.com", PHRASE, browser())).isEqualTo(wrong);
    assertThat(door.byPassword().signIn("no address", PHRASE, browser())).isEqualTo(wrong);
    store.write(writer -> {
      Person person = writer.people().lockPerson(ada.id()).flatMap(Sealed::intact).orElseThrow();
      writer.people().updatePerson(person.disabled(true));
      return person;
    });
    assertThat(ada.signIn()).isEqualTo(wrong);
    assertThat(ada.isLive(ada.begun)).isFalse();
  }

  /** 7.2.3, 7.2.4, X7: at each proof another cookie, and the one before is worth nothing. */
  @Test
  void prove_eachFactor_givesAnotherCookie() {
    Ada ada = new Ada(PHRASE).withApp();
    Begun first = done(ada.signIn());
    assertThat(first.cookie()).matches("[0-9A-Za-z]{32}");
    assertThat(first.standing()).isEqualTo(Standing.SECOND_FACTOR_MISSING);
    assertThat(first.device()).isEmpty();
    Begun second = done(door.byCode().prove(first.cookie(), ada.code(), browser()));
    assertThat(second.cookie()).isNotEqualTo(first.cookie());
    assertThat(second.signIn().id()).isEqualTo(first.signIn().id());
    assertThat(second.standing()).isEqualTo(Standing.WHOLE);
    assertThat(second.device()).isPresent();
    assertThat(ada.isLive(first)).isFalse();
    assertThat(ada.isLive(second)).isTrue();
    assertThat(ada.events()).startsWith("signin.proved", "signin.made");
  }

  /** X8: nothing is done with the password alone by whoever has a second factor. */
  @Test
  void everythingElse_withoutTheSecondFactor_isRefused() {
    Ada ada = new Ada(PHRASE).withApp();
    String half = done(ada.signIn()).cookie();
    notSignedIn(door.changePassword().change(half, PHRASE, PHRASE + " 2", browser()));
    notSignedIn(door.enrolApp().offer(half));
    notSignedIn(door.enrolApp().confirm(half, ada.code(), browser()));
    notSignedIn(door.removeFactor().app(half, browser()));
    notSignedIn(door.recoveryCodes().renew(half, browser()));
    notSignedIn(door.endSignIns().endOthers(half, browser()));
    notSignedIn(
        new LeaveOrganization(store, door.beginning())
            .leave(half, ada.organization.id(), browser()));
    assertThat(ada.person().hasMfa()).isTrue();
    done(door.endSignIns().signOut(half, browser()));
  }

  /** 6.5.1, B3: a code counts once, of many at the same moment, too. */
  @Test
  void prove_theSameCodeAgainAndAtOnce_countsOnce() throws Exception {
    Ada ada = new Ada(PHRASE).withApp();
    List<Begun> halves = List.of(done(ada.signIn()), done(ada.signIn()));
    String code = ada.code();
    AtomicLong next = new AtomicLong();
    List<Outcome<Begun>> outcomes =
        atOnce(() ->
            door.byCode()
                .prove(halves.get((int) (next.getAndIncrement() % 2)).cookie(), code, browser()));
    assertThat(outcomes.stream().filter(each -> each instanceof Outcome.Done)).hasSize(1);
    refused(door.byCode().prove(done(ada.signIn()).cookie(), code, browser()));
    advance(Duration.ofSeconds(30));
    done(door.byCode().prove(done(ada.signIn()).cookie(), ada.code(), browser()));
  }

  /** B3: a signing in of its own does not buy further guesses. */
  @Test
  void prove_guesses_areSlowedDown_howeverOftenOneSignsInBetween() {
    Ada ada = new Ada(PHRASE).withApp();
    for (int i = 0; i < 5; i++) {
      Begun half = done(ada.signIn());
      refused(door.byCode().prove(half.cookie(), "000000", browser(half.device().orElse(""))));
    }
    Begun half = done(ada.signIn());
    assertThat(door.byCode().prove(half.cookie(), ada.code(), browser()))
        .isInstanceOf(Outcome.Later.class);
    // From a browser that was used before, the owner comes in all the same.
    done(door.byCode().prove(half.cookie(), ada.code(), browser(ada.begun.device().orElseThrow())));
  }

  /** 6.1.1, 6.3.1, B2: strangers are slowed down, and the victim is not. */
  @Test
  void signIn_guesses_areSlowedDown_andAKnownBrowserIsNot() {
    Ada ada = new Ada(PHRASE);
    for (int i = 0; i < 5; i++) {
      refused(door.byPassword().signIn(ada.mail, "guess " + i, browser()));
    }
    assertThat(ada.signIn()).isInstanceOf(Outcome.Later.class);
    String device = ada.begun.device().orElseThrow();
    done(door.byPassword().signIn(ada.mail, PHRASE, browser(device)));
    // Nobody else's browser is known to this account, and a forged one is not either.
    String others = new Ada(PHRASE).begun.device().orElseThrow();
    for (String foreign : List.of(others, device + "0", "1.x.1.1.x")) {
      assertThat(door.byPassword().signIn(ada.mail, PHRASE, browser(foreign)))
          .isInstanceOf(Outcome.Later.class);
    }
    door.chores().forEach(chore -> chore.run(clock.instant()));
    assertThat(ada.events()).contains("signin.refused");
  }

  // ---- recovery codes

  /** 6.5.2, 6.4.3: each once; afterwards the factor is still enrolled, and still asked for. */
  @Test
  void recoveryCode_onceEach_leavesTheFactorEnrolled() throws Exception {
    Ada ada = new Ada(PHRASE).withApp();
    String code = ada.codes.get(0);
    refused(door.byRecoveryCode().prove(done(ada.signIn()).cookie(), "A".repeat(28), browser()));
    Begun half = done(ada.signIn());
    List<Outcome<Begun>> outcomes =
        atOnce(() -> door.byRecoveryCode().prove(half.cookie(), code, browser()));
    assertThat(outcomes.stream().filter(each -> each instanceof Outcome.Done)).hasSize(1);
    refused(door.byRecoveryCode().prove(done(ada.signIn()).cookie(), code, browser()));
    assertThat(ada.person().hasMfa()).isTrue();
    assertThat(done(ada.signIn()).standing()).isEqualTo(Standing.SECOND_FACTOR_MISSING);
    assertThat(ada.events()).contains("person.recovery_used");
    // Another person's code is none of mine.
    Ada eve = new Ada(PHRASE).withApp();
    refused(door.byRecoveryCode().prove(done(eve.signIn()).cookie(), ada.codes.get(1), browser()));
  }

  @Test
  void recoveryCode_right_makesTheThrottleForget() {
    Ada ada = new Ada(PHRASE).withApp();
    Begun half = done(ada.signIn());
    for (int i = 0; i < 6; i++) {
      door.byCode().prove(half.cookie(), "000000", browser());
    }
    assertThat(door.byCode().prove(half.cookie(), ada.code(), browser()))
        .isInstanceOf(Outcome.Later.class);
    done(door.byRecoveryCode().prove(half.cookie(), ada.codes.get(0), browser()));
    done(door.byCode().prove(done(ada.signIn()).cookie(), ada.code(), browser()));
  }

  @Test
  void renewCodes_takesAFreshFactor_andVoidsTheOldOnes() {
    Ada ada = new Ada(PHRASE).withApp();
    advance(Duration.ofMinutes(11));
    notFresh(door.recoveryCodes().renew(ada.begun.cookie(), browser()));
    Begun fresh = done(door.byCode().prove(ada.begun.cookie(), ada.code(), browser()));
    List<String> codes = done(door.recoveryCodes().renew(fresh.cookie(), browser()));
    assertThat(codes).hasSize(RecoveryCodes.COUNT).doesNotContainAnyElementsOf(ada.codes);
    String half = done(ada.signIn()).cookie();
    refused(door.byRecoveryCode().prove(half, ada.codes.get(0), browser()));
    done(door.byRecoveryCode().prove(half, codes.get(0), browser()));
  }

  // ---- passkeys

  private Bytes challenge(String options) {
    return Bytes.of(
        Base64.getUrlDecoder().decode(TestServer.parse(options).path("challenge").asText()));
  }

  private SoftwareAuthenticator withPasskey(Ada ada) {
    SoftwareAuthenticator device = new SoftwareAuthenticator(("passkey of " + ada.mail));
    device.userHandle = ada.person().id().text();
    String options = door.enrolPasskey().options(ada.begun.cookie()).orElseThrow();
    ada.begun =
        done(door.enrolPasskey()
                .enrol(ada.begun.cookie(), "laptop", device.create(challenge(options)), browser()))
            .begun();
    advance(Duration.ofSeconds(1));
    return device;
  }

  @Test
  void passkey_signsInAlone_andEachAnswerOnce() {
    Ada ada = new Ada(SHORT);
    SoftwareAuthenticator device = withPasskey(ada);
    assertThat(ada.begun.standing()).isEqualTo(Standing.WHOLE);
    String own = door.cookies().draw();
    JsonNode answer = device.get(challenge(door.byPasskey().options(own).orElseThrow()));
    refused(door.byPasskey().signIn(answer, door.cookies().draw(), browser()));
    Begun begun = done(door.byPasskey().signIn(answer, own, browser()));
    assertThat(begun.standing()).isEqualTo(Standing.WHOLE);
    assertThat(begun.signIn().proved()).containsOnlyKeys(Factor.PASSKEY);
    refused(door.byPasskey().signIn(answer, own, browser()));
  }

  @Test
  void passkey_challengesThatAreLateOrMadeElsewhere_areRefused() {
    Ada ada = new Ada(PHRASE);
    SoftwareAuthenticator device = withPasskey(ada);
    String own = door.cookies().draw();
    JsonNode late = device.get(challenge(door.byPasskey().options(own).orElseThrow()));
    advance(Duration.ofMinutes(5));
    refused(door.byPasskey().signIn(late, own, browser()));
    byte[] forged = challenge(door.byPasskey().options(own).orElseThrow()).toArray();
    for (int i = 0; i < forged.length; i++) {
      byte[] altered = forged.clone();
      altered[i] ^= 1;
      refused(door.byPasskey().signIn(device.get(Bytes.of(altered)), own, browser()));
    }
    done(door.byPasskey().signIn(device.get(Bytes.of(forged)), own, browser()));
  }

  @Test
  void passkey_asSecondFactor_isAskedWithinTheSignIn() {
    Ada ada = new Ada(PHRASE);
    SoftwareAuthenticator device = withPasskey(ada);
    Begun half = done(ada.signIn());
    Begun other = done(ada.signIn());
    String options = door.byPasskey().secondOptions(half.cookie()).orElseThrow();
    JsonNode answer = device.get(challenge(options));
    refused(door.byPasskey().prove(other.cookie(), answer, browser()));
    assertThat(done(door.byPasskey().prove(half.cookie(), answer, browser())).standing())
        .isEqualTo(Standing.WHOLE);
    // Somebody else's passkey proves nothing here.
    Ada eve = new Ada(PHRASE);
    SoftwareAuthenticator hers = withPasskey(eve);
    Begun halfOfEve = done(eve.signIn());
    Bytes asked = challenge(door.byPasskey().secondOptions(halfOfEve.cookie()).orElseThrow());
    refused(door.byPasskey().prove(halfOfEve.cookie(), device.get(asked), browser()));
    done(door.byPasskey().prove(halfOfEve.cookie(), hers.get(asked), browser()));
  }

  @Test
  void passkey_enrolledTwice_isRefused() {
    Ada ada = new Ada(PHRASE);
    SoftwareAuthenticator device = withPasskey(ada);
    String options = door.enrolPasskey().options(ada.begun.cookie()).orElseThrow();
    refused(
        door.enrolPasskey()
            .enrol(ada.begun.cookie(), "again", device.create(challenge(options)), browser()));
  }

  // ---- the account

  /** 7.5.1: what changes the factors takes one that was proved a moment ago. */
  @Test
  void factors_areChangedWithAFreshOneOnly() {
    Ada ada = new Ada(PHRASE).withApp();
    advance(Duration.ofMinutes(10));
    notFresh(door.removeFactor().app(ada.begun.cookie(), browser()));
    notFresh(door.enrolApp().offer(ada.begun.cookie()));
    notFresh(door.changePassword().change(ada.begun.cookie(), PHRASE, PHRASE + " 2", browser()));
    Begun fresh = done(door.byCode().prove(ada.begun.cookie(), ada.code(), browser()));
    Begun without = done(door.removeFactor().app(fresh.cookie(), browser()));
    assertThat(without.person().hasMfa()).isFalse();
    assertThat(ada.person().hasMfa()).isFalse();
    assertThat(ada.events()).startsWith("person.mfa_removed");
    assertThat(store.<Integer>read(reader -> reader.credentials().recoveryCodes(ada.id()).size()))
        .isZero();
  }

  @Test
  void removeFactor_theLastWhereOneIsRequired_isRefused() {
    Ada ada = new Ada(PHRASE).withApp();
    require(ada.organization);
    refused(door.removeFactor().app(ada.begun.cookie(), browser()));
    withPasskey(ada);
    done(door.removeFactor().app(ada.begun.cookie(), browser()));
    assertThat(ada.person().hasMfa()).isTrue();
  }

  /** 6.2.2, 6.2.3, 7.4.3: the old password is asked for, and all other sign-ins end. */
  @Test
  void changePassword_endsTheOthers_andForgetsKnownBrowsers() {
    Ada ada = new Ada(PHRASE);
    Begun other = done(ada.signIn());
    faulty(
        door.changePassword().change(ada.begun.cookie(), "wrong", PHRASE + " 2", browser()),
        "password_wrong");
    faulty(
        door.changePassword().change(ada.begun.cookie(), PHRASE, SHORT, browser()),
        "password_too_short");
    assertThat(ada.isLive(other)).isTrue();
    advance(Duration.ofSeconds(2));
    Begun after =
        done(door.changePassword().change(ada.begun.cookie(), PHRASE, PHRASE + " 2", browser()));
    assertThat(ada.isLive(other)).isFalse();
    assertThat(ada.isLive(ada.begun)).isFalse();
    assertThat(ada.isLive(after)).isTrue();
    refused(ada.signIn());
    for (int i = 0; i < 5; i++) {
      door.byPassword().signIn(ada.mail, "guess", browser());
    }
    String known = ada.begun.device().orElseThrow();
    assertThat(door.byPassword().signIn(ada.mail, PHRASE + " 2", browser(known)))
        .isInstanceOf(Outcome.Later.class);
    done(door.byPassword().signIn(ada.mail, PHRASE + " 2", browser(after.device().orElseThrow())));
  }

  @Test
  void changePassword_toAShortOne_isForWhoHasAFactor() {
    Ada ada = new Ada(PHRASE).withApp();
    done(door.changePassword().change(ada.begun.cookie(), PHRASE, SHORT, browser()));
    Begun half = done(door.byPassword().signIn(ada.mail, SHORT, browser()));
    assertThat(half.standing()).isEqualTo(Standing.SECOND_FACTOR_MISSING);
  }

  /** 7.3.1, 7.3.2: by the clock alone. */
  @Test
  void signIn_idleOrOld_isOver() {
    Ada ada = new Ada(PHRASE);
    Begun idle = done(ada.signIn());
    advance(SignIn.IDLE_MAX.minusMillis(1));
    assertThat(ada.isLive(idle)).isTrue();
    advance(Duration.ofMillis(1));
    assertThat(ada.isLive(idle)).isFalse();
    door.chores().forEach(chore -> chore.run(clock.instant().plusMillis(1)));
    assertThat(store.<Integer>read(reader -> reader.credentials().signIns(ada.id()).size()))
        .isZero();

    Begun old = done(ada.signIn());
    for (int i = 0; i < 71; i++) {
      advance(Duration.ofMinutes(10));
      store.write(writer -> {
        SignIn seen =
            writer.credentials().signIn(old.signIn().id()).flatMap(Sealed::intact).orElseThrow();
        writer.credentials().updateSignIn(seen.seen(clock.instant()));
        return seen;
      });
    }
    assertThat(ada.isLive(old)).isTrue();
    advance(Duration.ofMinutes(10));
    assertThat(ada.isLive(old)).isFalse();
  }

  /** 7.4.1, 7.5.2: signing out, and ending others; not those of somebody else. */
  @Test
  void endSignIns_endsOwnOnesOnly() {
    Ada ada = new Ada(PHRASE);
    Ada eve = new Ada(PHRASE);
    Begun second = done(ada.signIn());
    Begun third = done(ada.signIn());
    refused(door.endSignIns().end(eve.begun.cookie(), second.signIn().id().text(), browser()));
    assertThat(ada.isLive(second)).isTrue();
    done(door.endSignIns().end(ada.begun.cookie(), second.signIn().id().text(), browser()));
    assertThat(ada.isLive(second)).isFalse();
    assertThat(done(door.endSignIns().endOthers(ada.begun.cookie(), browser()))).isEqualTo(1);
    assertThat(ada.isLive(third)).isFalse();
    done(door.endSignIns().signOut(ada.begun.cookie(), browser()));
    assertThat(ada.isLive(ada.begun)).isFalse();
    notSignedIn(door.endSignIns().signOut(ada.begun.cookie(), browser()));
    assertThat(ada.events()).startsWith("signin.ended", "signin.ended", "signin.ended");
    assertThat(eve.isLive(eve.begun)).isTrue();
  }

  /** A10: who leaves is gone; the last owner stays. */
  @Test
  void leave_lastOwnerStays_othersAreGone() {
    Organization organization = organization();
    Ada owner = new Ada(organization, Role.OWNER, PHRASE);
    Ada member = new Ada(organization, Role.MEMBER, PHRASE);
    LeaveOrganization leaving = new LeaveOrganization(store, door.beginning());
    refused(leaving.leave(owner.begun.cookie(), organization.id(), browser()));
    done(leaving.leave(member.begun.cookie(), organization.id(), browser()));
    notSignedIn(leaving.leave(member.begun.cookie(), organization.id(), browser()));
    refused(member.signIn());
    assertThat(owner.events()).startsWith("member.left");
    // Somebody else's organization is not left.
    refused(leaving.leave(owner.begun.cookie(), organization().id(), browser()));
  }

  /** What is stored gives nobody in: neither cookies nor codes, seeds or passwords are there. */
  @Test
  void database_hasNoSecretInTheClear() {
    Ada ada = new Ada(PHRASE).withApp();
    String rows =
        database.contents("sign_ins")
            + database.contents("totp_seeds")
            + database.contents("recovery_codes")
            + database.contents("passwords")
            + database.contents("audit_events");
    assertThat(rows)
        .isNotBlank()
        .doesNotContain(ada.begun.cookie(), ada.seed, PHRASE, ada.codes.get(0), "argon2id")
        .doesNotContain(Bytes.of(Codes.bytes(ada.seed)).hex())
        .doesNotContain(Bytes.of(ada.begun.cookie().getBytes(StandardCharsets.US_ASCII)).hex());
  }
}
