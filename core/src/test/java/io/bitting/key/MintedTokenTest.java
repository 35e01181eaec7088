package io.bitting.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.fixtures.SeededRandom;
import io.bitting.id.KeyId;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Rule 9 and row K6 of the threats: a token is shown once. */
final class MintedTokenTest {
  private static final KeyId ID = KeyId.parse("4fT9xQ2mZp7B").orElseThrow();

  @Test
  void revealOnce_aSecondTime_throwsAndTellsNothing() {
    MintedToken minted = mint(1);
    String token = minted.revealOnce();

    assertThatThrownBy(minted::revealOnce)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nex_4fT9xQ2mZp7B…")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(token.substring(16)));
  }

  @Test
  void revealOnce_theText_isOverwrittenHere() throws Exception {
    MintedToken minted = mint(1);
    Field field = MintedToken.class.getDeclaredField("text");
    field.setAccessible(true);
    byte[] text = (byte[]) field.get(minted);
    assertThat(text).as("the control").contains((byte) 'n', (byte) '_');

    minted.revealOnce();

    assertThat(text).containsOnly(0);
    assertThat(field.get(minted)).isNull();
  }

  @Test
  void revealOnce_byManyThreads_givesTheTokenToOne() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 200; round++) {
        MintedToken minted = mint(round);
        List<Callable<Optional<String>>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          attempts.add(() -> reveal(minted));
        }
        List<String> revealed = new ArrayList<>();
        for (Future<Optional<String>> attempt : threads.invokeAll(attempts)) {
          attempt.get().ifPresent(revealed::add);
        }
        assertThat(revealed).hasSize(1).first().asString().startsWith("nex_4fT9xQ2mZp7B");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Optional<String> reveal(MintedToken minted) {
    try {
      return Optional.of(minted.revealOnce());
    } catch (IllegalStateException e) {
      return Optional.empty();
    }
  }

  @Test
  void digest_isThatOfTheSecretOnly() throws Exception {
    MintedToken minted = mint(2);
    SecretDigest digest = minted.digest();
    String token = minted.revealOnce();
    byte[] secret = token.substring(16, 48).getBytes(StandardCharsets.US_ASCII);
    assertThat(digest.toBytes()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(secret));
  }

  @Test
  void mint_theSameKeyTwice_hasAnotherSecret() {
    SeededRandom random = new SeededRandom(3);
    KeyPrefix prefix = new KeyPrefix("nex");
    assertThat(MintedToken.mint(prefix, ID, random).revealOnce())
        .isNotEqualTo(MintedToken.mint(prefix, ID, random).revealOnce());
  }

  private static MintedToken mint(long seed) {
    return MintedToken.mint(new KeyPrefix("nex"), ID, new SeededRandom(seed));
  }
}
