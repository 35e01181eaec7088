package io.bitting.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.InvitationMother;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.PersonMother;
import io.bitting.id.OrganizationId;
import io.bitting.id.SignInId;
import io.bitting.seal.Bytes;
import io.bitting.seal.Encrypted;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Neither who somebody is nor what proves it gets into a log by printing a row. */
final class PeopleDoNotPrintTest {
  private static final Bytes SECRET =
      Bytes.of(
          "0123456789abcdef0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  private static final Person ADA =
      PersonMother.person().mail("ada@example.com").name("Lovelace").build();

  @Test
  void toString_ofEveryRow_showsIdsOnly() {
    assertThat(ADA).hasToString("person " + ADA.id());
    assertThat(new Password(ADA.id(), "$argon2id$v=19$secret", MutableClock.START))
        .hasToString("password of person " + ADA.id());
    assertThat(new TotpSeed(ADA.id(), new Encrypted(1, SECRET), MutableClock.START, null, 0))
        .hasToString("TOTP seed of person " + ADA.id());
    assertThat(new RecoveryCode(ADA.id(), SECRET, MutableClock.START))
        .hasToString("recovery code of person " + ADA.id());
    SignInId id = new SignInId("SignIn0000Aa");
    assertThat(
            new SignIn(
                id,
                SECRET,
                ADA.id(),
                MutableClock.START,
                MutableClock.START,
                Map.of(),
                "192.0.2.7",
                "Mozilla",
                null))
        .hasToString("sign-in " + id);
    Invitation invitation =
        InvitationMother.invitation(new OrganizationId("Org0000000Aa"), ADA.mail()).build();
    assertThat(invitation).hasToString("invitation " + invitation.id());
  }
}
