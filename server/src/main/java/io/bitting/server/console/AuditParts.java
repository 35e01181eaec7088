package io.bitting.server.console;

import io.bitting.server.http.Answer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Enumeration;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * An export of the audit, asked for part by part as it is read, and no further than a bound. Used
 * by one thread.
 */
final class AuditParts implements Enumeration<InputStream> {
  private static final String NEXT = "Bitting-Next-Cursor";

  /** How many events a part has. */
  static final String LIMIT = "5000";

  private final Function<String, Reply> ask;
  private int left;
  private String cursor = "";
  private boolean ended;

  /**
   * Begins.
   *
   * @param ask asks for the part of a cursor, which is empty for the first
   * @param partsMax how many parts are asked for at most
   */
  AuditParts(Function<String, Reply> ask, int partsMax) {
    this.ask = ask;
    this.left = partsMax;
  }

  @Override
  public boolean hasMoreElements() {
    return !ended && left > 0;
  }

  /**
   * Returns the next part.
   *
   * @throws Reply.Refused if it is refused
   */
  @Override
  public InputStream nextElement() {
    if (!hasMoreElements()) {
      throw new NoSuchElementException();
    }
    left--;
    Answer.Body part = ask.apply(cursor).done();
    cursor = part.header(NEXT).orElse("");
    ended = cursor.isEmpty();
    return new ByteArrayInputStream(part.bytes().array());
  }

  /** Tells whether there is more than was read. */
  boolean isCutOff() {
    return !ended;
  }
}
