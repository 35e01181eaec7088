package io.bitting.server.http;

import io.bitting.id.Base62;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** Names of requests, by which an answer and the log's lines about it find each other. */
public final class RequestId {
  private static final int LENGTH = 16;

  private RequestId() {}

  /** Draws one: 16 letters and digits, not secret. */
  public static String draw() {
    byte[] id = new byte[LENGTH];
    Base62.fill(ThreadLocalRandom.current(), id, 0, id.length);
    return new String(id, StandardCharsets.US_ASCII);
  }
}
