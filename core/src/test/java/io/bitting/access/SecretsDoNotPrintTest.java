package io.bitting.access;

import static io.bitting.access.SampleInstallation.ACME;
import static io.bitting.access.SampleInstallation.APPSEC;
import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.access.SampleInstallation.SampleKey;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.SeededRandom;
import io.bitting.issue.IssuedKey;
import io.bitting.key.KeyPrefix;
import io.bitting.key.MintedToken;
import io.bitting.key.TokenReader;
import io.bitting.scope.Requirement;
import io.bitting.seal.Bytes;
import io.bitting.seal.PepperKeyset;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import io.bitting.store.SetupCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Row K3 of the threats: nothing that holds a secret, or its digest, prints it. */
final class SecretsDoNotPrintTest {
  private final SampleInstallation installation = new SampleInstallation();
  private final SampleKey key = installation.key(ACME, APPSEC).put();
  private final byte[] digest = key.secrets().get(0).digest().toBytes();

  @Test
  void toString_ofEverythingThatHoldsASecret_showsNothingOfIt() {
    MintedToken minted =
        MintedToken.mint(new KeyPrefix("nex"), key.key().id(), new SeededRandom(1));
    SetupCode code =
        new SetupCode(
            "code1", Bytes.of(digest), Optional.empty(), MutableClock.START, MutableClock.START);
    List<Object> holders =
        new ArrayList<>(
            List.of(
                minted,
                new IssuedKey(key.row(), minted),
                key.secrets().get(0),
                key.secrets().get(0).digest(),
                key.row(),
                Sealed.of(key.row(), SealVerdict.INTACT),
                Sealed.of(key.secrets().get(0), SealVerdict.BROKEN),
                code,
                Sealed.of(code, SealVerdict.INTACT),
                new Credential.Presented(key.token()),
                new AccessRequest(key.token(), APPSEC.id(), Requirement.allOf("scans:read"))));
    try (LocalSubject subject = new LocalSubject(installation.rows(), new MutableClock()).start();
        TokenReader reader = TokenReader.open()) {
      AccessRequest request =
          new AccessRequest(key.token(), APPSEC.id(), new Requirement.AnyValidKey());
      Decision decision = subject.authorizer.authorize(request);
      holders.add(decision);
      holders.add(((Decision.Allowed) decision).key());
      reader.read(key.token());
      reader.digestSecret();
      holders.add(reader);
    }
    for (Object holder : holders) {
      assertThat(leaks(holder.toString())).as(holder.getClass().getSimpleName()).isEmpty();
    }
    String secretOfMinted = minted.revealOnce().substring(16, 48);
    assertThat(holders).noneMatch(holder -> holder.toString().contains(secretOfMinted));
  }

  @Test
  void toString_ofAKeyset_showsNoPepper() {
    byte[] pepper = new byte[32];
    new SeededRandom(2).nextBytes(pepper);
    String base64 = Base64.getEncoder().encodeToString(pepper);
    PepperKeyset keyset = PepperKeyset.parse("1 " + base64);
    assertThat(keyset.toString())
        .doesNotContain(base64.substring(0, 8))
        .doesNotContain(HexFormat.of().formatHex(pepper).substring(0, 8));
    assertThat(keyset.revealText()).as("the control").contains(base64);
  }

  /** The control: a record that prints its components is found out, in whatever form. */
  @Test
  void leaks_aTypeThatPrintsASecret_areFound() {
    record Careless(Object secret) {}
    for (Object secret :
        List.of(
            key.token(),
            key.tokens(),
            Bytes.of(digest),
            Base64.getEncoder().encodeToString(digest),
            Arrays.toString(digest))) {
      assertThat(leaks(new Careless(secret).toString())).isNotEmpty();
    }
  }

  private List<String> leaks(String text) {
    String secret = key.token().substring(16, 48);
    List<String> forms =
        List.of(
            secret,
            secret.substring(0, 8),
            secret.substring(24),
            HexFormat.of().formatHex(digest).substring(0, 16),
            Base64.getEncoder().encodeToString(digest).substring(0, 10),
            Arrays.toString(Arrays.copyOf(digest, 8)).replace("]", ""));
    return forms.stream()
        .filter(
            form -> text.contains(form) || text.contains(form.toUpperCase(java.util.Locale.ROOT)))
        .toList();
  }
}
