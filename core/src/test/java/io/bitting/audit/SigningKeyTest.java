package io.bitting.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bitting.fixtures.SeededRandom;
import io.bitting.seal.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that sign checkpoints, and what they sign. */
final class SigningKeyTest {
  /** The example of RFC 8410, section 10. */
  private static final String RFC_PUBLIC =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
      -----END PUBLIC KEY-----
      """;

  private static final String RFC_PRIVATE =
      "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC";

  private static final VerifyingKey VERIFYING = VerifyingKey.parse(RFC_PUBLIC).get(0);
  private static final SigningKey KEY =
      SigningKey.of(Base64.getDecoder().decode(RFC_PRIVATE), VERIFYING);
  private static final AuditChain.Head HEAD =
      new AuditChain.Head(130, Bytes.of(HexFormat.of().parseHex("5f".repeat(32))));
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123456Z");

  /** What is signed is text that anybody can make, and check with openssl. */
  @Test
  void statement_isTheText() {
    AuditCheckpoint checkpoint = KEY.sign(new AuditChain("Org0000000Bb"), HEAD, AT);
    assertThat(new String(checkpoint.statement().toBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            bitting audit checkpoint 1
            chain Org0000000Bb
            number 130
            hash %s
            at 1767225600123
            key %s
            """
                .formatted("5f".repeat(32), VERIFYING.id()));
    assertThat(VERIFYING.hasSigned(checkpoint)).isTrue();
    // Ed25519 has one signature for a key and a text: a published vector.
    assertThat(checkpoint.signature().hex())
        .isEqualTo(KEY.sign(new AuditChain("Org0000000Bb"), HEAD, AT).signature().hex())
        .hasSize(128);
  }

  @Test
  void hasSigned_anythingElse_isFalse() {
    AuditCheckpoint checkpoint = KEY.sign(AuditChain.INSTALLATION, HEAD, AT);
    AuditCheckpoint.Statement s = checkpoint.statement();
    for (AuditCheckpoint.Statement other :
        new AuditCheckpoint.Statement[] {
          new AuditCheckpoint.Statement(
              new AuditChain("Org0000000Bb"), s.number(), s.hash(), s.at(), s.keyId()),
          new AuditCheckpoint.Statement(s.chain(), 131, s.hash(), s.at(), s.keyId()),
          new AuditCheckpoint.Statement(s.chain(), s.number(), Bytes.zeros(32), s.at(), s.keyId()),
          new AuditCheckpoint.Statement(
              s.chain(), s.number(), s.hash(), s.at().plusMillis(1), s.keyId()),
          new AuditCheckpoint.Statement(s.chain(), s.number(), s.hash(), s.at(), "0123456789abcdef")
        }) {
      assertThat(VERIFYING.hasSigned(new AuditCheckpoint(other, checkpoint.signature())))
          .as("%s", other)
          .isFalse();
    }
    for (int length : new int[] {0, 1, 63, 64, 65}) {
      assertThat(VERIFYING.hasSigned(new AuditCheckpoint(s, Bytes.zeros(length)))).isFalse();
    }
    SigningKey another = SigningKey.generate(new SeededRandom(1));
    assertThat(another.verifying().hasSigned(checkpoint)).isFalse();
  }

  @Test
  void generate_andReadAgain_isTheSameKey() {
    SigningKey made = SigningKey.generate(new SeededRandom(2));
    VerifyingKey read = VerifyingKey.parse(made.verifying().pem()).get(0);
    assertThat(read).isEqualTo(made.verifying());
    assertThat(read.id()).matches("[0-9a-f]{16}").isEqualTo(made.verifying().id());
    SigningKey again = SigningKey.of(made.revealPrivate(), read);
    assertThat(read.hasSigned(again.sign(AuditChain.INSTALLATION, HEAD, AT))).isTrue();
    assertThat(VERIFYING.pem()).isEqualTo(RFC_PUBLIC);
  }

  @Test
  void parse_severalWithRemarks_findsThemInOrder() {
    SigningKey other = SigningKey.generate(new SeededRandom(3));
    assertThat(
            VerifyingKey.parse(
                "# one\r\n"
                    + RFC_PUBLIC.replace("\n", "\r\n")
                    + "# two\n"
                    + other.verifying().pem()))
        .containsExactly(VERIFYING, other.verifying());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=",
        "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VuAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE\n=A\n-----END PUBLIC KEY-----",
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----"
      })
  void parse_anythingElse_findsNone(String text) {
    assertThat(VerifyingKey.parse(text)).isEmpty();
  }

  /** The private half is in no message and no text of the object. */
  @Test
  void privateHalf_isNotShown() {
    assertThat(KEY.toString()).isEqualTo("signing key " + VERIFYING.id());
    byte[] broken = Base64.getDecoder().decode(RFC_PRIVATE);
    broken[3] = 9;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.of(broken, VERIFYING))
        .withMessage("the private half of signing key " + VERIFYING.id() + " cannot be read")
        .withNoCause();
  }
}
