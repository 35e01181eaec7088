package io.bitting.server.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import io.bitting.fixtures.SeededRandom;
import io.bitting.server.Attacks;
import io.bitting.server.signin.Passwords.Cost;
import io.bitting.server.signin.Passwords.Outcome;
import java.lang.management.ManagementFactory;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ASVS 6.3.8, 11.4.2 and K9 of the threats: what a stored password is worth, and to whom. */
final class PasswordsTest {
  private static final String PHRASE = "correct horse battery staple";
  private static final String UMLAUTS = "Pässwörter mit Ümläuten 🦄";

  /** What the reference implementation made, in C, of salts that are easy to recognize. */
  private static final String STORED =
      "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$gYJZtjEAJqjg26xdLmknq8/bB7MiWPrE9hsYuA+SkIU";

  private static final String STORED_UMLAUTS =
      "$argon2id$v=19$m=19456,t=2,p=1$EBESExQVFhcYGRobHB0eHw$wRQV5lykdksKMR4iDH/odIQ3GgyikwdfwhDAkwP8Z5w";
  private static final String STORED_DEARER =
      "$argon2id$v=19$m=32768,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$jvpUH/gYUW7qLmR+SoU+4v5m8Jsb/AJkTmfoJFGiNz4";
  private static final String STORED_EMPTY =
      "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$MVSMP3rBIzE7F86FWHKNemRnE6hkgY2O2buZdxt7Gkw";

  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");

  private final Passwords passwords = new Passwords(new SeededRandom(1), 2);

  static List<JsonNode> attacks() {
    return Attacks.of("stored-passwords.json");
  }

  private Outcome check(String stored, String password) {
    return passwords.check(Optional.of(stored), password);
  }

  /** 11.4.2: Argon2id, 19 MiB, two passes, one lane; 16 bytes of salt and 32 of tag. */
  @Test
  void hash_hasTheParametersThatWereMeant_andASaltOfItsOwn() {
    String first = passwords.hash(PHRASE).orElseThrow();
    String second = passwords.hash(PHRASE).orElseThrow();

    assertThat(first).matches(FORM).isNotEqualTo(second);
    assertThat(check(first, PHRASE)).isEqualTo(Outcome.RIGHT);
    assertThat(check(second, PHRASE)).isEqualTo(Outcome.RIGHT);
  }

  @Test
  void check_whatTheReferenceImplementationMade_isRight() {
    assertThat(check(STORED, PHRASE)).isEqualTo(Outcome.RIGHT);
    assertThat(check(STORED_UMLAUTS, UMLAUTS)).isEqualTo(Outcome.RIGHT);
    assertThat(check(STORED_DEARER, PHRASE)).isEqualTo(Outcome.RIGHT);
    assertThat(check(STORED_DEARER, UMLAUTS)).isEqualTo(Outcome.WRONG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct horse battery stapl",
        "Correct horse battery staple",
        " correct horse battery staple ",
        "correct horse battery staple\0"
      })
  void check_almostThePassword_isWrong(String almost) {
    assertThat(check(STORED, almost)).isEqualTo(Outcome.WRONG);
  }

  /** 6.2: every character counts, and each keyboard's form of it is one. */
  @Test
  void check_decomposedCharacters_areTheSamePassword() {
    String decomposed = Normalizer.normalize(UMLAUTS, Normalizer.Form.NFD);

    assertThat(decomposed).isNotEqualTo(UMLAUTS);
    assertThat(check(STORED_UMLAUTS, decomposed)).isEqualTo(Outcome.RIGHT);
    assertThat(check(STORED_UMLAUTS, UMLAUTS.replace('ä', 'a'))).isEqualTo(Outcome.WRONG);
  }

  @Test
  void check_longPassword_countsToItsLastCharacter() {
    String longest = "🦄".repeat(127) + "a";
    String stored = passwords.hash(longest).orElseThrow();

    assertThat(check(stored, longest)).isEqualTo(Outcome.RIGHT);
    assertThat(check(stored, "🦄".repeat(127) + "b")).isEqualTo(Outcome.WRONG);
    assertThat(check(stored, longest + "a")).isEqualTo(Outcome.WRONG);
  }

  @Test
  void check_whatIsNobodysPassword_isWrongEvenWhereNothingIsStoredAsOne() {
    assertThat(check(STORED_EMPTY, "")).isEqualTo(Outcome.RIGHT);
    for (String nobodys : new String[] {"a".repeat(129), "a".repeat(60_000), "half \ud83e"}) {
      assertThat(check(STORED_EMPTY, nobodys)).isEqualTo(Outcome.WRONG);
      assertThatThrownBy(() -> passwords.hash(nobodys))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a password has at most 128 characters, all of them Unicode");
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void check_againstWhatWasNeverWritten_isWrong(JsonNode attack) {
    // What somebody unknown costs is not the point here, and takes most of the time.
    Passwords hasty = new Passwords(new SeededRandom(1), 1, new Cost(8, 1), Duration.ZERO);

    assertThat(hasty.check(Optional.of(attack.path("stored").textValue()), PHRASE))
        .as(attack.path("name").textValue())
        .isEqualTo(Outcome.WRONG);
  }

  @Test
  void check_whenTheCostHasRisen_saysSoOfTheRightPasswordAlone() {
    for (Cost dearer : List.of(new Cost(20 * 1024, 2), new Cost(19 * 1024, 3))) {
      Passwords later = new Passwords(new SeededRandom(2), 1, dearer, Duration.ZERO);

      assertThat(later.check(Optional.of(STORED), PHRASE)).isEqualTo(Outcome.RIGHT_AND_OUTDATED);
      assertThat(later.check(Optional.of(STORED), "wrong")).isEqualTo(Outcome.WRONG);
      assertThat(later.check(Optional.of(STORED_DEARER), PHRASE)).isEqualTo(Outcome.RIGHT);
      assertThat(later.hash(PHRASE).orElseThrow())
          .contains("$m=" + dearer.memoryKib() + ",t=" + dearer.passes() + ",p=1$");
    }
  }

  /**
   * 6.3.8: somebody unknown costs what somebody known costs. What a check allocates is nearly all
   * of its work, and can be measured to the byte; the control computes nothing.
   */
  @Test
  void check_somebodyUnknown_costsAsMuch() {
    Passwords full = new Passwords(new SeededRandom(4), 0, Cost.LEAST, Duration.ZERO);
    assertThat(passwords.check(Optional.empty(), PHRASE)).isEqualTo(Outcome.WRONG);

    long known = allocated(() -> check(STORED, "wrong"));
    long unknown = allocated(() -> passwords.check(Optional.empty(), PHRASE));
    long unreadable = allocated(() -> check("", PHRASE));
    long tooLong = allocated(() -> check(STORED, "a".repeat(129)));
    long nothing = allocated(() -> full.check(Optional.empty(), PHRASE));

    assertThat(known).isGreaterThan(19 * 1024 * 1024);
    for (long other : new long[] {unknown, unreadable, tooLong}) {
      assertThat(Math.abs(other - known)).isLessThan(1_000_000);
    }
    assertThat(nothing).isLessThan(1_000_000);
  }

  private static long allocated(Runnable check) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    check.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void check_manyAtOnce_areAllAnswered() throws Exception {
    Passwords one = new Passwords(new SeededRandom(3), 1, Cost.LEAST, Duration.ofMinutes(1));
    List<Future<Outcome>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 4; i++) {
        String password = i % 2 == 0 ? PHRASE : "wrong";
        answers.add(threads.submit(() -> one.check(Optional.of(STORED), password)));
      }
    }
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).get()).isEqualTo(i % 2 == 0 ? Outcome.RIGHT : Outcome.WRONG);
    }
  }

  @Test
  void check_noRoom_isBusyAndLetsNobodyIn() {
    Passwords full = new Passwords(new SeededRandom(4), 0, Cost.LEAST, Duration.ZERO);

    assertThat(full.check(Optional.of(STORED), PHRASE)).isEqualTo(Outcome.BUSY);
    assertThat(full.hash(PHRASE)).isEmpty();
  }

  @Test
  void check_interrupted_isBusyAndStaysInterrupted() {
    Thread.currentThread().interrupt();

    assertThat(check(STORED, PHRASE)).isEqualTo(Outcome.BUSY);
    assertThat(Thread.interrupted()).isTrue();
  }
}
