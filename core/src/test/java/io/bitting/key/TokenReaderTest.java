package io.bitting.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.Attack;
import io.bitting.fixtures.SeededRandom;
import io.bitting.id.KeyId;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.CharBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The token format as an attacker meets it, and what the reader keeps of a token: nothing. */
final class TokenReaderTest {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
  private static final String TOKEN = "nex_4fT9xQ2mZp7Bk3Vd8RzLq0WnYt5HbJ7cXs2MfGa9PeUy1ms6tI";

  static List<Attack> attacks() {
    return Attack.in("tokens.json");
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void read_tokenFromTheFile_isReadOrRefused(Attack attack) {
    String token = attack.input();
    boolean expected = attack.text("expected").orElseThrow().equals("read");
    try (TokenReader reader = TokenReader.open()) {
      assertThat(reader.read(token)).isEqualTo(expected);
      if (expected) {
        int at = token.length() - TokenFormat.BODY_LENGTH;
        assertThat(reader.id().text()).isEqualTo(token.substring(at, at + KeyId.LENGTH));
      } else {
        assertThat(heldBy(reader)).isEmpty();
      }
    }
  }

  @Test
  void attacks_theFile_isNotEmptied() {
    assertThat(attacks()).hasSizeGreaterThanOrEqualTo(140);
  }

  @Property
  void read_mintedToken_givesItsIdAndProvesItsDigest(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = KeyPrefix.LENGTH_MAX) int prefixLength) {
    SeededRandom random = new SeededRandom(seed);
    KeyPrefix prefix = prefix(random, prefixLength);
    KeyId id = KeyId.generate(random);
    MintedToken minted = MintedToken.mint(prefix, id, random);
    MintedToken another = MintedToken.mint(prefix, id, random);
    String token = minted.revealOnce();

    assertThat(token).matches("[a-z0-9_]{" + prefixLength + "}_[0-9A-Za-z]{50}");
    try (TokenReader reader = TokenReader.open()) {
      assertThat(reader.read(token)).isTrue();
      reader.digestSecret();
      assertThat(reader.id()).isEqualTo(id);
      assertThat(reader.idHigh()).isEqualTo(id.high());
      assertThat(reader.idLow()).isEqualTo(id.low());
      assertThat(reader.hasPrefix(prefix)).isTrue();
      assertThat(reader.hasPrefix(new KeyPrefix("zz9"))).isFalse();
      assertThat(reader.proves(minted.digest())).isTrue();
      assertThat(reader.proves(another.digest())).isFalse();
      assertThat(reader.proves(SecretDigest.of(new byte[32]))).isFalse();
    }
  }

  @Property(tries = 50)
  void read_everySingleCharacterChanged_isRefused(@ForAll long seed) {
    String token = minted(new SeededRandom(seed));
    try (TokenReader reader = TokenReader.open()) {
      for (int i = 0; i < token.length(); i++) {
        StringBuilder changed = new StringBuilder(token);
        for (int c = 0; c < ALPHABET.length(); c++) {
          if (ALPHABET.charAt(c) != token.charAt(i)) {
            changed.setCharAt(i, ALPHABET.charAt(c));
            if (reader.read(changed)) {
              throw new AssertionError("read " + changed + " in place of " + token);
            }
          }
        }
      }
      assertThat(reader.read(token)).isTrue();
    }
  }

  /** A CRC-32 finds every error within 32 bits: so four neighbours may change as they like. */
  @Property(tries = 200)
  void read_fourNeighboursChanged_isRefused(@ForAll long seed) {
    SeededRandom random = new SeededRandom(seed);
    String token = minted(random);
    try (TokenReader reader = TokenReader.open()) {
      for (int i = 0; i + 4 <= token.length() - TokenFormat.CHECKSUM_LENGTH; i++) {
        StringBuilder changed = new StringBuilder(token);
        for (int j = i; j < i + 4; j++) {
          changed.setCharAt(j, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        if (!changed.toString().equals(token)) {
          assertThat(reader.read(changed)).isFalse();
        }
      }
    }
  }

  @Test
  void hasPrefix_aPrefixThatBeginsAlike_isFalse() {
    try (TokenReader reader = TokenReader.open()) {
      assertThat(reader.read(TOKEN)).isTrue();
      assertThat(reader.hasPrefix(new KeyPrefix("nex"))).isTrue();
      assertThat(reader.hasPrefix(new KeyPrefix("ne"))).isFalse();
      assertThat(reader.hasPrefix(new KeyPrefix("nex_test"))).isFalse();
      assertThat(reader.hasPrefix(new KeyPrefix("ney"))).isFalse();
      assertThat(reader.hasPrefix(new KeyPrefix("mex"))).isFalse();
    }
  }

  /** What a reader says of a token never rests on the one before it. */
  @Test
  void read_afterAnotherTokenWithoutClose_readsThisOneOnly() throws Exception {
    try (TokenReader reader = TokenReader.open()) {
      assertThat(reader.read(TOKEN)).isTrue();
      reader.digestSecret();
      assertThat(reader.read(TOKEN + "0")).isFalse();
      assertThat(heldBy(reader)).isEmpty();
      assertThat(reader.read(TOKEN)).isTrue();
      assertThat(reader.read(TOKEN.repeat(100))).isFalse();
      assertThat(heldBy(reader)).isEmpty();
      assertThat(reader.read(TOKEN)).isTrue();
      assertThat(reader.read("")).isFalse();
      assertThat(heldBy(reader)).isEmpty();
      assertThat(reader.read(TOKEN)).isTrue();
      reader.digestSecret();
      assertThat(reader.proves(digest("k3Vd8RzLq0WnYt5HbJ7cXs2MfGa9PeUy"))).isTrue();
    }
  }

  @Test
  void open_inOneThread_isTheSameReaderAndInAnotherAnother() throws InterruptedException {
    List<TokenReader> readers = new ArrayList<>(List.of(TokenReader.open(), TokenReader.open()));
    Thread thread = new Thread(() -> readers.add(TokenReader.open()));
    thread.start();
    thread.join();
    assertThat(readers.get(0)).isSameAs(readers.get(1));
    assertThat(readers.get(2)).isNotSameAs(readers.get(0));
  }

  @Test
  void read_whateverHoldsTheText_isTheSame() {
    try (TokenReader reader = TokenReader.open()) {
      assertThat(reader.read(CharBuffer.wrap(TOKEN))).isTrue();
      assertThat(reader.read(CharBuffer.wrap(TOKEN + "x"))).isFalse();
    }
  }

  /** Row K3 of the threats. What the provider of SHA-256 keeps is looked for in a heap dump. */
  @Test
  void close_afterAToken_leavesNothingOfIt() {
    TokenReader reader = TokenReader.open();
    assertThat(reader.read(TOKEN)).isTrue();
    reader.digestSecret();
    assertThat(heldBy(reader)).as("the control").hasSizeGreaterThanOrEqualTo(7);

    reader.close();

    assertThat(heldBy(reader)).isEmpty();
    assertThat(reader).hasToString("TokenReader");
  }

  /** Returns the names of the fields that hold anything but zeros. */
  private static List<String> heldBy(TokenReader reader) {
    List<String> held = new ArrayList<>();
    try {
      for (Field field : TokenReader.class.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())) {
          continue;
        }
        field.setAccessible(true);
        Object value = field.get(reader);
        if (!isEmpty(value)) {
          held.add(field.getName());
        }
      }
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
    return held;
  }

  private static boolean isEmpty(Object value) {
    if (value instanceof byte[] bytes) {
      for (byte b : bytes) {
        if (b != 0) {
          return false;
        }
      }
      return true;
    }
    if (value instanceof char[] characters) {
      return new String(characters).chars().allMatch(c -> c == 0);
    }
    if (value instanceof Number number) {
      return number.longValue() == 0;
    }
    if (value instanceof CRC32 crc) {
      return crc.getValue() == 0;
    }
    if (value instanceof MessageDigest) {
      return true;
    }
    throw new AssertionError("a field that this test does not know: " + value.getClass());
  }

  private static KeyPrefix prefix(SeededRandom random, int length) {
    StringBuilder prefix = new StringBuilder();
    for (int i = 0; i < length; i++) {
      boolean edge = i == 0 || i == length - 1;
      prefix.append("abcdefghijklmnopqrstuvwxyz0123456789_".charAt(random.nextInt(edge ? 36 : 37)));
    }
    return new KeyPrefix(prefix.toString());
  }

  private static String minted(SeededRandom random) {
    return MintedToken.mint(new KeyPrefix("nex_test"), KeyId.generate(random), random).revealOnce();
  }

  private static SecretDigest digest(String secret) throws Exception {
    return SecretDigest.of(
        MessageDigest.getInstance("SHA-256")
            .digest(secret.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
  }
}
