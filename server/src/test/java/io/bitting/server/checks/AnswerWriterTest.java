package io.bitting.server.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.client.protocol.Json;
import io.bitting.client.protocol.VerifyAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The quick writer writes what the general one does, to the byte. */
final class AnswerWriterTest {
  private static final List<String> WORDS =
      List.of(
          "allowed",
          "4fT9xQ2mZp7B",
          "appsec",
          "scans:read",
          "org.memberships:manage",
          "!#$%&'()*+,-./:;<=>?@[]^_`{|}~",
          "4fT9xQ2mZp7B.9223372036854775807",
          "",
          " ",
          "a\"b",
          "a\\b",
          "a\u0000b",
          "a\u001fb",
          "a\u007fb",
          "a\nb",
          "ä",
          "\u2028",
          "\ud83d\udd11",
          "</script>");

  private final Random random = new Random(20261122);

  @Test
  void write_randomAnswers_isWhatTheGeneralWriterWrites() {
    for (int i = 0; i < 20_000; i++) {
      // One in two without anything that wants an escape.
      int words = i % 2 == 0 ? 7 : WORDS.size();
      VerifyAnswer answer =
          new VerifyAnswer(
              word(words),
              maybe(word(words)),
              random.nextBoolean() ? key(words) : null,
              random.nextBoolean() ? new VerifyAnswer.Called(word(words), word(words)) : null,
              list(words),
              list(words),
              word(words));
      assertThat(new String(AnswerWriter.write(answer), java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo(new String(Json.write(answer), java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  private VerifyAnswer.ProvedKey key(int words) {
    Instant expiresAt =
        random.nextInt(4) == 0
            ? null
            : Instant.ofEpochMilli(random.nextLong(-62_135_596_800_000L, 253_402_300_800_000L));
    return new VerifyAnswer.ProvedKey(
        word(words), word(words), word(words), expiresAt, 1, expiresAt);
  }

  private List<String> list(int words) {
    List<String> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(word(words));
    }
    return list;
  }

  private @Nullable String maybe(String word) {
    return random.nextBoolean() ? word : null;
  }

  private String word(int words) {
    return WORDS.get(random.nextInt(words));
  }
}
