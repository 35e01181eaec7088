package io.bitting.jdbc;

import io.bitting.fixtures.InvitationMother;
import io.bitting.fixtures.MemberMother;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.OrganizationMother;
import io.bitting.fixtures.PersonMother;
import io.bitting.id.PasskeyId;
import io.bitting.id.SignInId;
import io.bitting.member.Factor;
import io.bitting.member.Invitation;
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
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An organization with two people who have all that people have: an owner, and who is disabled. */
final class PeopleWorld {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant START = MutableClock.START;

  final Organization acme =
      OrganizationMother.organization().mfaRequiredFrom(START.plusSeconds(60)).build();
  final Person ada = PersonMother.person().mfaSince(START).build();
  final Person eve = PersonMother.person().name("Eve").mfaSince(START).build().disabled(true);
  final Member owner = MemberMother.member(acme.id(), ada.id()).role(Role.OWNER).build();
  final Member member = MemberMother.member(acme.id(), eve.id()).build();
  final Invitation invitation = InvitationMother.invitation(acme.id(), eve.mail()).build();
  final Passkey passkey = passkey(eve);
  final SignIn signIn = signIn(eve).ended(START);

  /** Adds them to a database that is open. */
  PeopleWorld(World world) {
    world.write(writer -> {
      writer.insertOrganization(acme);
      for (Person person : List.of(ada, eve)) {
        writer.people().insertPerson(person);
        writer
            .credentials()
            .putPassword(new Password(person.id(), "$argon2id$" + person.id(), START));
        TotpSeed seed =
            writer
                .credentials()
                .putPendingTotpSeed(
                    person.id(), person.id().text().getBytes(StandardCharsets.US_ASCII));
        writer.credentials().confirmTotpSeed(seed.confirmed(START, 100));
        writer
            .credentials()
            .putRecoveryCodes(
                person.id(), List.of(new RecoveryCode(person.id(), random(32), START)));
      }
      writer.people().insertMember(owner);
      writer.people().insertMember(member);
      writer.people().insertInvitation(invitation);
      writer.credentials().insertPasskey(passkey);
      writer.credentials().insertSignIn(signIn);
    });
  }

  private static Passkey passkey(Person person) {
    return new Passkey(
        PasskeyId.generate(RANDOM),
        person.id(),
        "Laptop",
        random(64),
        random(77),
        7,
        false,
        false,
        START,
        null);
  }

  private static SignIn signIn(Person person) {
    return new SignIn(
        SignInId.generate(RANDOM),
        random(32),
        person.id(),
        START,
        START,
        Map.of(Factor.PASSWORD, START),
        "192.0.2.7",
        "Mozilla/5.0",
        null);
  }

  private static Bytes random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return Bytes.of(bytes);
  }
}
