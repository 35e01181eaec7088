package io.bitting.server.checks;

import io.bitting.client.protocol.Json;
import io.bitting.client.protocol.VerifyAnswer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answer to a check, byte for byte as {@link Json} does. Every check ends here, and half
 * of its time would go into the general writer.
 */
final class AnswerWriter {
  private static final int LENGTH_USUAL = 256;

  private final StringBuilder text = new StringBuilder(LENGTH_USUAL);
  private boolean plain = true;

  private AnswerWriter() {}

  static byte[] write(VerifyAnswer answer) {
    AnswerWriter writer = new AnswerWriter();
    writer.answer(answer);
    // What wants an escape is no id, slug, scope or position that the product makes.
    return writer.plain
        ? writer.text.toString().getBytes(StandardCharsets.ISO_8859_1)
        : Json.write(answer);
  }

  private void answer(VerifyAnswer answer) {
    text.append("{\"decision\":");
    quoted(answer.decision());
    text.append(",\"reason\":");
    quoted(answer.reason());
    text.append(",\"key\":");
    key(answer.key());
    called(answer.operation());
    text.append(",\"required_scopes\":");
    list(answer.requiredScopes());
    text.append(",\"missing_scopes\":");
    list(answer.missingScopes());
    text.append(",\"as_of\":");
    quoted(answer.asOf());
    text.append('}');
  }

  private void key(VerifyAnswer.@Nullable ProvedKey key) {
    if (key == null) {
      text.append("null");
      return;
    }
    text.append("{\"id\":");
    quoted(key.id());
    text.append(",\"organization\":");
    quoted(key.organization());
    text.append(",\"api\":");
    quoted(key.api());
    text.append(",\"expires_at\":");
    quoted(key.expiresAt() == null ? null : Json.time(key.expiresAt()));
    text.append(",\"secret\":").append(key.secret()).append(",\"superseded_at\":");
    quoted(key.supersededAt() == null ? null : Json.time(key.supersededAt()));
    text.append('}');
  }

  /** Left out unless the check was by operation. */
  private void called(VerifyAnswer.@Nullable Called operation) {
    if (operation != null) {
      text.append(",\"operation\":{\"method\":");
      quoted(operation.method());
      text.append(",\"path\":");
      quoted(operation.path());
      text.append('}');
    }
  }

  private void list(List<String> values) {
    text.append('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      quoted(values.get(i));
    }
    text.append(']');
  }

  private void quoted(@Nullable String value) {
    if (value == null) {
      text.append("null");
      return;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      plain &= c >= ' ' && c < 0x7f && c != '"' && c != '\\';
    }
    text.append('"').append(value).append('"');
  }
}
