package io.bitting.client.protocol;

import io.bitting.audit.AuditCheckpoint;
import io.bitting.audit.AuditEvent;
import io.bitting.audit.AuditVerifier;
import io.bitting.seal.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An export of an audit chain: one JSON object a line, first the events in their order, then signed
 * checkpoints.
 *
 * <p><b>Security guarantees.</b> Each line is held against what it was written as, byte for byte,
 * so that no alteration passes because it means the same in JSON.
 *
 * <p>Stateless.
 */
public final class AuditExport {
  /** No line is longer: an event is made by a request, and requests are bounded. */
  private static final int LINE_BYTES_MAX = 1 << 20;

  private static final Pattern NAME =
      Pattern.compile("\"number\":[^,]{1,20},\"id\":\"([0-9A-Za-z]{12})\"");

  private AuditExport() {}

  /**
   * Writes the line of an event, line break included.
   *
   * @param event the event
   */
  public static byte[] line(AuditEvent event) {
    return line((Object) ExportedEvent.of(event));
  }

  /**
   * Writes the line of a checkpoint, line break included.
   *
   * @param checkpoint the checkpoint
   */
  public static byte[] line(AuditCheckpoint checkpoint) {
    return line((Object) AuditCheckpointAnswer.of(checkpoint));
  }

  private static byte[] line(Object value) {
    byte[] json = Json.write(value);
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return line;
  }

  /**
   * Gives every line of an export to a verifier.
   *
   * @param in the export
   * @param verifier takes what is there, and what cannot be read
   * @throws IOException if it cannot be read to its end
   */
  public static void read(InputStream in, AuditVerifier verifier) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    long number = 1;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      int from = 0;
      for (int i = 0; i < count; i++) {
        if (buffer[i] == '\n') {
          collect(line, buffer, from, i + 1);
          give(line.toByteArray(), number++, verifier);
          line.reset();
          from = i + 1;
        }
      }
      collect(line, buffer, from, count);
    }
    if (line.size() > 0) {
      give(line.toByteArray(), number, verifier);
    }
  }

  /** Keeps one byte more than a line may have, by which it is told. */
  private static void collect(ByteArrayOutputStream line, byte[] buffer, int from, int to) {
    int room = LINE_BYTES_MAX + 1 - line.size();
    line.write(buffer, from, Math.min(to - from, Math.max(0, room)));
  }

  private static void give(byte[] line, long number, AuditVerifier verifier) {
    String text = new String(line, StandardCharsets.UTF_8);
    boolean fits = line.length <= LINE_BYTES_MAX;
    if (text.contains("\"type\":\"checkpoint\"") || text.contains("\"signature\":")) {
      if (!fits || !giveCheckpoint(line, number, verifier)) {
        verifier.unreadableCheckpoint(number);
        if (text.contains("\"previous_hash\":")) {
          // A line break is gone, so that an event stands before it.
          giveUnreadable(text, number, verifier);
        }
      }
    } else if (!fits || !giveEvent(line, number, verifier)) {
      giveUnreadable(text, number, verifier);
    }
  }

  private static void giveUnreadable(String text, long number, AuditVerifier verifier) {
    Matcher name = NAME.matcher(text);
    verifier.unreadable(number, name.find() ? Optional.of(name.group(1)) : Optional.empty());
  }

  private static boolean giveCheckpoint(byte[] line, long number, AuditVerifier verifier) {
    try {
      AuditCheckpoint checkpoint = Json.read(line, AuditCheckpointAnswer.class).toCheckpoint();
      if (Bytes.of(line(checkpoint)).equals(Bytes.of(line))) {
        verifier.checkpoint(number, checkpoint);
        return true;
      }
      return false;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean giveEvent(byte[] line, long number, AuditVerifier verifier) {
    try {
      AuditEvent event = Json.read(line, ExportedEvent.class).toEvent();
      if (Bytes.of(line(event)).equals(Bytes.of(line))) {
        verifier.event(number, event);
      } else {
        verifier.rewritten(number, event);
      }
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
