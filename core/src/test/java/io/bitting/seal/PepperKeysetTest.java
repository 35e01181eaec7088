package io.bitting.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.fixtures.SeededRandom;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows K5, K9 and F13 of the threats. */
final class PepperKeysetTest {
  private static final String ONE = key(1);
  private static final String TWO = key(2);
  private static final byte[] ROW = Canonical.of("key").text("row").number(1).toBytes();

  private static String key(long seed) {
    byte[] key = new byte[32];
    new SeededRandom(seed).nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  @Test
  void parse_itsOwnText_isTheSameKeyset() {
    PepperKeyset keyset = PepperKeyset.parse("1 " + ONE + "\n7 " + TWO);
    PepperKeyset again = PepperKeyset.parse(keyset.revealText());
    assertThat(again.revealText()).isEqualTo(keyset.revealText());
    assertThat(again.versions()).containsExactly(1, 7);
    assertThat(again.seal(ROW)).isEqualTo(keyset.seal(ROW));
    assertThat(again.checkValues("epoch")).isEqualTo(keyset.checkValues("epoch"));
  }

  @Test
  void generate_twice_givesTwoKeys() {
    SecureRandom random = new SecureRandom();
    PepperKeyset first = PepperKeyset.generate(random);
    PepperKeyset second = PepperKeyset.generate(random);
    assertThat(first.versions()).containsExactly(1);
    assertThat(first.primary()).isEqualTo(1);
    assertThat(first.seal(ROW)).isNotEqualTo(second.seal(ROW));
    assertThat(first.check(second.seal(ROW), ROW)).isEqualTo(SealVerdict.BROKEN);
    assertThat(PepperKeyset.parse(first.revealText()).seal(ROW)).isEqualTo(first.seal(ROW));
  }

  @Test
  void parse_remarksAndBlankLines_areSkipped() {
    PepperKeyset keyset =
        PepperKeyset.parse("# a remark\r\n\r\n  2\t " + TWO + "  \r\n#1 " + ONE + "\r\n");
    assertThat(keyset.versions()).containsExactly(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "KEY",
        "0 KEY",
        "01 KEY",
        "-1 KEY",
        "1.0 KEY",
        "1000000 KEY",
        "x KEY",
        "1",
        "1 KEY KEY",
        "1=KEY",
        "1 \"KEY\"",
        "1 KEY#",
        "\ufeff1 KEY",
        "1 KEYAAAA",
        "1 AAAA",
        "1 !KEY",
        "١ KEY",
        "99999999999999999999 KEY"
      })
  void parse_aLineThatIsNotVersionAndKey_namesTheLineAndNotTheKey(String line) {
    String text = "# remark\n3 " + TWO + "\n" + line.replace("KEY", ONE) + "\n";
    assertThatThrownBy(() -> PepperKeyset.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("line 3 of the pepper keyset is not a version and 32 bytes in base64")
        .hasNoCause();
  }

  @Test
  void parse_shortLongOrHexKeys_areRefused() {
    byte[] key = Base64.getDecoder().decode(ONE);
    for (String wrong :
        new String[] {
          Base64.getEncoder().encodeToString(new byte[31]),
          Base64.getEncoder().encodeToString(new byte[33]),
          HexFormat.of().formatHex(key),
          ONE.substring(0, 42)
        }) {
      assertThatThrownBy(() -> PepperKeyset.parse("1 " + wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("line 1")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain(wrong));
    }
  }

  @Test
  void parse_aVersionTwice_namesTheLine() {
    assertThatThrownBy(() -> PepperKeyset.parse("1 " + ONE + "\n1 " + TWO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("line 2 of the pepper keyset repeats version 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only remarks"})
  void parse_noKeyAtAll_saysHowToMakeOne(String text) {
    assertThatThrownBy(() -> PepperKeyset.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bitting pepper create");
  }

  @Test
  void check_anyBitOfRowOrSealChanged_isBroken() {
    PepperKeyset keyset = PepperKeyset.parse("1 " + ONE);
    Seal seal = keyset.seal(ROW);
    assertThat(keyset.check(seal, ROW)).isEqualTo(SealVerdict.INTACT);
    for (int bit = 0; bit < ROW.length * 8; bit++) {
      assertThat(keyset.check(seal, flipped(ROW, bit))).isEqualTo(SealVerdict.BROKEN);
    }
    byte[] mac = seal.mac().toArray();
    assertThat(mac).hasSize(32);
    for (int bit = 0; bit < 256; bit++) {
      assertThat(keyset.check(new Seal(1, Bytes.of(flipped(mac, bit))), ROW))
          .isEqualTo(SealVerdict.BROKEN);
    }
  }

  /** Row K9: no shortened seal, no longer row, no plain hash in place of the seal. */
  @Test
  void check_shortenedSealOrLongerRow_isBroken() throws Exception {
    PepperKeyset keyset = PepperKeyset.parse("1 " + ONE);
    byte[] mac = keyset.seal(ROW).mac().toArray();
    for (int length : new int[] {0, 1, 16, 31, 33, 64}) {
      byte[] other = java.util.Arrays.copyOf(mac, length);
      assertThat(keyset.check(new Seal(1, Bytes.of(other)), ROW)).isEqualTo(SealVerdict.BROKEN);
    }
    byte[] longer = java.util.Arrays.copyOf(ROW, ROW.length + 1);
    assertThat(keyset.check(new Seal(1, Bytes.of(mac)), longer)).isEqualTo(SealVerdict.BROKEN);
    byte[] plain = java.security.MessageDigest.getInstance("SHA-256").digest(ROW);
    assertThat(keyset.check(new Seal(1, Bytes.of(plain)), ROW)).isEqualTo(SealVerdict.BROKEN);
    assertThat(keyset.check(new Seal(1, Bytes.zeros(32)), ROW)).isEqualTo(SealVerdict.BROKEN);
  }

  @Test
  void check_aVersionThatTheKeysetLacks_isUnknown() {
    PepperKeyset keyset = PepperKeyset.parse("1 " + ONE);
    Seal other = PepperKeyset.parse("2 " + TWO).seal(ROW);
    assertThat(keyset.check(other, ROW)).isEqualTo(SealVerdict.UNKNOWN_VERSION);
    for (int version : new int[] {0, -1, 3, Integer.MAX_VALUE}) {
      assertThat(keyset.check(new Seal(version, other.mac()), ROW))
          .isEqualTo(SealVerdict.UNKNOWN_VERSION);
    }
  }

  /** A seal under one version is not one under another, though both are known. */
  @Test
  void check_theVersionExchanged_isBroken() {
    PepperKeyset keyset = PepperKeyset.parse("1 " + ONE + "\n2 " + TWO);
    Seal seal = keyset.seal(ROW);
    assertThat(keyset.check(new Seal(1, seal.mac()), ROW)).isEqualTo(SealVerdict.BROKEN);
  }

  @Test
  void seal_severalVersions_usesTheHighestAndChecksAll() {
    PepperKeyset old = PepperKeyset.parse("1 " + ONE);
    PepperKeyset both = PepperKeyset.parse("10 " + TWO + "\n1 " + ONE);
    assertThat(both.primary()).isEqualTo(10);
    assertThat(both.seal(ROW).pepperVersion()).isEqualTo(10);
    assertThat(both.check(old.seal(ROW), ROW)).isEqualTo(SealVerdict.INTACT);
    assertThat(both.check(both.seal(ROW), ROW)).isEqualTo(SealVerdict.INTACT);
  }

  @Test
  void mismatches_swappedKey_namesItsVersion() {
    SortedMap<Integer, Bytes> stored =
        PepperKeyset.parse("1 " + ONE + "\n2 " + TWO).checkValues("epoch");

    assertThat(PepperKeyset.parse("1 " + ONE).mismatches("epoch", stored)).isEmpty();
    assertThat(PepperKeyset.parse("3 " + ONE).mismatches("epoch", stored)).isEmpty();
    assertThat(PepperKeyset.parse("1 " + ONE).mismatches("epoch", Collections.emptySortedMap()))
        .isEmpty();
    assertThat(PepperKeyset.parse("1 " + TWO).mismatches("epoch", stored)).containsExactly(1);
    assertThat(PepperKeyset.parse("1 " + TWO + "\n2 " + ONE).mismatches("epoch", stored))
        .containsExactly(1, 2);
    assertThat(PepperKeyset.parse("1 " + ONE).mismatches("another epoch", stored))
        .containsExactly(1);
  }

  @Test
  void checkValues_publishedVector_isReproduced() {
    CanonicalVectors.Vector vector = CanonicalVectors.of("pepper-check").get(0);
    SortedMap<Integer, Bytes> expected = new TreeMap<>();
    expected.put(vector.row().get("version").intValue(), CanonicalVectors.hex(vector.mac()));
    assertThat(CanonicalVectors.keyset().checkValues(vector.row().get("epoch").textValue()))
        .isEqualTo(expected);
  }

  @Test
  void encrypt_thenDecrypt_isTheSecret_andNeverTheSameBytesTwice() {
    PepperKeyset keyset = PepperKeyset.parse("1 " + ONE);
    SeededRandom random = new SeededRandom(1);
    Encrypted first = keyset.encrypt("table", "row", ROW, random);
    Encrypted second = keyset.encrypt("table", "row", ROW, random);
    assertThat(first.bytes()).isNotEqualTo(second.bytes());
    assertThat(first.bytes().toArray()).hasSize(12 + ROW.length + 16);
    assertThat(first.bytes().hex()).doesNotContain(Bytes.of(ROW).hex());
    for (Encrypted each : List.of(first, second)) {
      assertThat(keyset.decrypt("table", "row", each)).contains(ROW);
      // A keyset that has another pepper besides still reads it.
      assertThat(PepperKeyset.parse("1 " + ONE + "\n2 " + TWO).decrypt("table", "row", each))
          .contains(ROW);
    }
  }

  /** What is encrypted for one row is of no use in another, nor to another keyset. */
  @Test
  void decrypt_elsewhere_altered_orByAnotherKeyset_isEmpty() {
    PepperKeyset keyset = PepperKeyset.parse("1 " + ONE);
    Encrypted encrypted = keyset.encrypt("table", "row", ROW, new SeededRandom(2));
    assertThat(keyset.decrypt("table", "other", encrypted)).isEmpty();
    assertThat(keyset.decrypt("other", "row", encrypted)).isEmpty();
    assertThat(keyset.decrypt("tabler", "ow", encrypted)).isEmpty();
    assertThat(keyset.decrypt("table", "row", new Encrypted(2, encrypted.bytes()))).isEmpty();
    assertThat(PepperKeyset.parse("1 " + TWO).decrypt("table", "row", encrypted)).isEmpty();
    byte[] bytes = encrypted.bytes().toArray();
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      assertThat(keyset.decrypt("table", "row", new Encrypted(1, Bytes.of(flipped(bytes, bit)))))
          .isEmpty();
    }
    for (int length = 0; length < bytes.length; length++) {
      assertThat(
              keyset.decrypt(
                  "table", "row", new Encrypted(1, Bytes.of(Arrays.copyOf(bytes, length)))))
          .isEmpty();
    }
  }

  @Test
  void seal_byManyThreads_isTheSame() throws Exception {
    PepperKeyset keyset = PepperKeyset.parse("1 " + ONE);
    Seal expected = keyset.seal(ROW);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> same = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        same.add(
            threads.submit(() -> {
              boolean all = true;
              for (int round = 0; round < 20_000; round++) {
                all &= keyset.seal(ROW).equals(expected);
              }
              return all;
            }));
      }
      for (Future<Boolean> each : same) {
        assertThat(each.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void toString_ofAKeyset_showsVersionsOnly() {
    assertThat(PepperKeyset.parse("1 " + ONE + "\n2 " + TWO)).hasToString("PepperKeyset[1, 2]");
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (1 << (bit % 8));
    return flipped;
  }
}
