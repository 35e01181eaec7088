package io.bitting.server.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bitting.fixtures.SeededRandom;
import io.bitting.seal.Bytes;
import io.bitting.server.TestServer;
import io.bitting.server.signin.Passkeys.Kept;
import io.bitting.server.signin.Passkeys.Outcome;
import io.bitting.server.signin.Passkeys.Outcome.Proved;
import io.bitting.server.signin.Passkeys.Outcome.Refused;
import io.bitting.server.signin.Passkeys.Owner;
import io.bitting.server.signin.Passkeys.Reason;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Web Authentication Level 3, sections 7.1 and 7.2, with an authenticator that can lie. */
final class PasskeysTest {
  private static final String BASE = "https://auth.example.org";
  private static final String HANDLE = "person000001";
  private static final Owner ANN = new Owner(HANDLE, "ann@granite.example", "Ann");

  private final Passkeys passkeys = Passkeys.at(BASE).orElseThrow();
  private final SecureRandom random = new SeededRandom(1);
  private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

  private Bytes challenge() {
    byte[] challenge = new byte[32];
    random.nextBytes(challenge);
    return Bytes.of(challenge);
  }

  private Kept enrolled() {
    Bytes challenge = challenge();
    return proved(passkeys.enrol(challenge, authenticator.create(challenge)));
  }

  private static Kept proved(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Proved.class);
    return ((Proved) outcome).passkey();
  }

  private Outcome use(Kept kept) {
    Bytes challenge = challenge();
    return passkeys.use(challenge, kept, HANDLE, authenticator.get(challenge));
  }

  @Test
  void enrol_andUse_ofAnHonestAuthenticator_areProved() {
    Kept kept = enrolled();

    assertThat(kept.credentialId()).isEqualTo(Bytes.of(authenticator.credentialId));
    assertThat(kept.backupEligible()).isFalse();
    assertThat(proved(use(kept))).isEqualTo(kept);
    assertThat(Passkeys.credentialId(authenticator.get(challenge())))
        .contains(kept.credentialId());
  }

  /** A lie, and why it proves nothing. */
  record Lie(String name, Reason reason, Consumer<SoftwareAuthenticator> told) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Lie> lies() {
    return Stream.of(
        origin("https://auth.example.org.evil.example"),
        origin("https://evil.example"),
        origin("https://sub.auth.example.org"),
        origin("https://example.org"),
        origin("http://auth.example.org"),
        origin("https://auth.example.org:8443"),
        origin("android:apk-key-hash:aaaa"),
        new Lie("origin null", Reason.ORIGIN, each -> each.origin = "null"),
        new Lie("an empty origin", Reason.ORIGIN, each -> each.origin = ""),
        new Lie(
            "within another's page",
            Reason.ORIGIN,
            each -> each.clientDataMore = ",\"crossOrigin\":true"),
        new Lie(
            "within another's page that is named",
            Reason.ORIGIN,
            each ->
                each.clientDataMore =
                    ",\"crossOrigin\":true,\"topOrigin\":\"https://evil.example\""),
        new Lie("for another address", Reason.ORIGIN, each -> each.rpId = "evil.example"),
        new Lie("for the domain above", Reason.ORIGIN, each -> each.rpId = "example.org"),
        new Lie("nobody there", Reason.PERSON, each -> each.present = false),
        new Lie("no PIN and no finger", Reason.PERSON, each -> each.verified = false),
        new Lie(
            "something else was asked",
            Reason.MALFORMED,
            each -> {
              each.createType = "webauthn.get";
              each.getType = "webauthn.create";
            }));
  }

  private static Lie origin(String origin) {
    return new Lie(origin, Reason.ORIGIN, each -> each.origin = origin);
  }

  @ParameterizedTest
  @MethodSource("lies")
  void enrol_afterALie_isRefused(Lie lie) {
    lie.told().accept(authenticator);
    Bytes challenge = challenge();

    assertThat(passkeys.enrol(challenge, authenticator.create(challenge)))
        .isEqualTo(new Refused(lie.reason()));
  }

  @ParameterizedTest
  @MethodSource("lies")
  void use_afterALie_isRefused(Lie lie) {
    Kept kept = enrolled();
    lie.told().accept(authenticator);

    assertThat(use(kept)).isEqualTo(new Refused(lie.reason()));
  }

  @Test
  void enrol_andUse_ofAnotherChallenge_areRefused() {
    Kept kept = enrolled();
    Bytes challenge = challenge();
    Bytes other = challenge();

    assertThat(other).isNotEqualTo(challenge);
    assertThat(other.toArray()).hasSize(32);
    assertThat(passkeys.enrol(challenge, authenticator.create(other)))
        .isEqualTo(new Refused(Reason.CHALLENGE));
    assertThat(passkeys.use(challenge, kept, HANDLE, authenticator.get(other)))
        .isEqualTo(new Refused(Reason.CHALLENGE));
  }

  @Test
  void enrol_withAnAlgorithmThatWasNotOffered_isRefused() {
    authenticator.algorithm = -35;
    Bytes challenge = challenge();

    assertThat(passkeys.enrol(challenge, authenticator.create(challenge)))
        .isEqualTo(new Refused(Reason.MALFORMED));
  }

  @Test
  void use_withAnotherKey_isRefused() {
    Kept kept = enrolled();
    authenticator.takeNewKey();

    assertThat(use(kept)).isEqualTo(new Refused(Reason.SIGNATURE));
  }

  /** A row that somebody altered: a passkey of another person, or under another id. */
  @Test
  void use_ofAPasskeyThatIsNotTheOneNamed_isRefused() {
    Kept kept = enrolled();
    Kept renamed =
        new Kept(
            Bytes.of(new byte[] {1}),
            kept.publicKey(),
            kept.signCount(),
            kept.backupEligible(),
            kept.backedUp());

    assertThat(use(renamed)).isEqualTo(new Refused(Reason.PASSKEY));
    authenticator.userHandle = "person000002";
    assertThat(use(kept)).isEqualTo(new Refused(Reason.PASSKEY));
  }

  /** Section 6.1.1: a counter that does not go up tells of a copy. */
  @Test
  void use_withACounterThatDidNotGoUp_isRefused() {
    authenticator.count = 7;
    Kept kept = enrolled();
    authenticator.count = 8;
    Kept used = proved(use(kept));

    assertThat(used.signCount()).isEqualTo(8);
    for (long count : new long[] {8, 7, 1, 0}) {
      authenticator.count = count;
      assertThat(use(used)).isEqualTo(new Refused(Reason.COUNTER));
    }
    authenticator.count = 0xffff_ffffL;
    assertThat(proved(use(used)).signCount()).isEqualTo(0xffff_ffffL);
  }

  /** A passkey that was bound to its device does not become one that is copied. */
  @Test
  void use_ofAPasskeyThatBecameCopied_isRefused_ofOneThatAlwaysWas_isProved() {
    Kept bound = enrolled();
    authenticator.synced = true;
    assertThat(use(bound)).isInstanceOf(Refused.class);

    Kept copied = enrolled();
    assertThat(copied.backupEligible()).isTrue();
    assertThat(copied.backedUp()).isTrue();
    assertThat(proved(use(copied))).isEqualTo(copied);
  }

  /** An answer is for what was asked: one to the other question proves nothing. */
  @Test
  void enrol_ofAnAnswerToTheOtherQuestion_isRefused() {
    Kept kept = enrolled();
    Bytes challenge = challenge();

    assertThat(passkeys.enrol(challenge, authenticator.get(challenge)))
        .isEqualTo(new Refused(Reason.MALFORMED));
    assertThat(passkeys.use(challenge, kept, HANDLE, authenticator.create(challenge)))
        .isEqualTo(new Refused(Reason.MALFORMED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "1",
        "[]",
        "{}",
        "{\"rawId\":1}",
        "{\"rawId\":\"*\",\"response\":{}}",
        "{\"rawId\":\"Y3JlZGVudGlhbCAx\"}",
        "{\"rawId\":\"Y3JlZGVudGlhbCAx\",\"response\":{\"clientDataJSON\":\"\",\"attestationObject\":\"\",\"authenticatorData\":\"\",\"signature\":\"\"}}",
        "{\"rawId\":\"Y3JlZGVudGlhbCAx\",\"response\":{\"clientDataJSON\":\"e30\",\"attestationObject\":\"oA\",\"authenticatorData\":\"AA\",\"signature\":\"AA\"}}",
        "{\"rawId\":\"Y3JlZGVudGlhbCAx\",\"response\":{\"clientDataJSON\":[],\"attestationObject\":{},\"authenticatorData\":1,\"signature\":null}}"
      })
  void answers_thatCannotBeRead_areRefused(String answer) {
    Kept kept = enrolled();
    JsonNode json = TestServer.parse(answer);

    assertThat(passkeys.enrol(challenge(), json)).isInstanceOf(Refused.class);
    assertThat(passkeys.use(challenge(), kept, HANDLE, json)).isInstanceOf(Refused.class);
  }

  /** Deep nesting, in the client's JSON and in the authenticator's CBOR, ends in a refusal. */
  @Test
  void answers_thatAreNestedDeeply_areRefused() {
    Bytes challenge = challenge();
    ObjectNode answer = authenticator.create(challenge).deepCopy();
    ObjectNode response = (ObjectNode) answer.get("response");
    byte[] arrays = new byte[40_000];
    Arrays.fill(arrays, (byte) 0x81);
    response.put("attestationObject", SoftwareAuthenticator.base64(arrays));
    assertThat(passkeys.enrol(challenge, answer)).isInstanceOf(Refused.class);

    authenticator.clientDataMore = ",\"x\":" + "[".repeat(20_000) + "]".repeat(20_000);
    assertThat(passkeys.enrol(challenge, authenticator.create(challenge)))
        .isInstanceOf(Refused.class);
  }

  /**
   * Every byte of what is signed counts: with any one altered, nothing is proved, and nothing is
   * thrown.
   */
  @Test
  void use_withAnyByteAltered_isRefused() {
    Kept kept = enrolled();
    Bytes challenge = challenge();
    JsonNode honest = authenticator.get(challenge);
    List<String> proved = new ArrayList<>();
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    for (String member : List.of("clientDataJSON", "authenticatorData", "signature")) {
      byte[] bytes = Base64.getUrlDecoder().decode(honest.get("response").get(member).textValue());
      for (int at = 0; at < bytes.length; at++) {
        byte[] altered = bytes.clone();
        altered[at] ^= (byte) (1 << at % 8);
        ObjectNode answer = honest.deepCopy();
        ((ObjectNode) answer.get("response")).put(member, SoftwareAuthenticator.base64(altered));
        switch (passkeys.use(challenge, kept, HANDLE, answer)) {
          case Proved _ -> proved.add(member + " " + at);
          case Refused(Reason reason) -> reasons.add(reason);
        }
      }
    }

    assertThat(proved).isEmpty();
    assertThat(reasons)
        .contains(
            Reason.MALFORMED, Reason.CHALLENGE, Reason.ORIGIN, Reason.PERSON, Reason.SIGNATURE);
    assertThat(passkeys.use(challenge, kept, HANDLE, honest)).isInstanceOf(Proved.class);
  }

  /** What is stored and cannot be read proves nothing either. */
  @Test
  void use_ofAStoredKeyThatCannotBeRead_isRefused() {
    Kept kept = enrolled();
    byte[] key = kept.publicKey().toArray();
    for (byte[] broken : new byte[][] {{}, {0}, new byte[200], Arrays.copyOf(key, 30)}) {
      Kept altered = new Kept(kept.credentialId(), Bytes.of(broken), 0, false, false);
      assertThat(use(altered)).isInstanceOf(Refused.class);
    }
  }

  @Test
  void creationOptions_askForWhatIsChecked() {
    Bytes challenge = Bytes.of(new byte[] {-1, -2, -3});
    JsonNode options =
        TestServer.parse(
            TestServer.json(
                "options",
                passkeys.creationOptions(challenge, ANN, List.of(Bytes.of(new byte[] {1, 2})))));

    assertThat(options.get("options"))
        .isEqualTo(
            TestServer.parse(
                """
                {"rp": {"id": "auth.example.org", "name": "Bitting"},
                 "user": {"id": "cGVyc29uMDAwMDAx", "name": "ann@granite.example", "displayName": "Ann"},
                 "challenge": "__79",
                 "pubKeyCredParams": [{"type": "public-key", "alg": -7}, {"type": "public-key", "alg": -8}, {"type": "public-key", "alg": -257}],
                 "timeout": 300000,
                 "excludeCredentials": [{"type": "public-key", "id": "AQI"}],
                 "authenticatorSelection": {"residentKey": "preferred", "userVerification": "required"},
                 "attestation": "none"}
                """));
  }

  @Test
  void requestOptions_askForWhatIsChecked() {
    JsonNode options =
        TestServer.parse(
            TestServer.json(
                "options", passkeys.requestOptions(Bytes.of(new byte[] {-1, -2, -3}), List.of())));

    assertThat(options.get("options"))
        .isEqualTo(
            TestServer.parse(
                """
                {"challenge": "__79", "timeout": 300000, "rpId": "auth.example.org",
                 "allowCredentials": [], "userVerification": "required"}
                """));
  }

  /** The port is a part of the origin, and not of the name that passkeys are for. */
  @Test
  void at_anAddressWithAPort_takesItIntoAccount() {
    Passkeys local = Passkeys.at("http://localhost:8080").orElseThrow();
    authenticator.rpId = "localhost";
    authenticator.origin = "http://localhost:8080";
    Bytes challenge = challenge();

    assertThat(local.enrol(challenge, authenticator.create(challenge))).isInstanceOf(Proved.class);
    authenticator.origin = "http://localhost";
    assertThat(local.enrol(challenge, authenticator.create(challenge)))
        .isEqualTo(new Refused(Reason.ORIGIN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://auth.example.org",
        "https://192.0.2.1",
        "http://127.0.0.1:8080",
        "https://[::1]",
        "ftp://localhost",
        "https:///"
      })
  void at_anAddressWithoutPasskeys_isEmpty(String baseUrl) {
    assertThat(Passkeys.at(baseUrl)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://localhost", "https://AUTH.Example.org:8443", "https://intranet"})
  void at_anAddressWithPasskeys_isPresent(String baseUrl) {
    assertThat(Passkeys.at(baseUrl)).isPresent();
  }
}
