package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import java.util.Optional;

/**
 * The console's cookies. All are bound to this host by their names, sent over TLS only, out of
 * reach for scripts, and not sent with requests that other sites have made but by following a link:
 * RFC 6265bis, sections 4.1.3 and 5.2.
 */
enum Cookies {
  /** What proves a sign-in. */
  SIGN_IN("__Host-bitting", ""),
  /** What forms of somebody who is not signed in are bound to. */
  STRANGER("__Host-bitting-form", ""),
  /** The organization that is looked at, where there are several. */
  ORGANIZATION("__Host-bitting-organization", "; Max-Age=31536000"),
  /** A browser from which a person signed in before. */
  DEVICE("__Host-bitting-device", "; Max-Age=31536000"),
  /** What was just done, for the next page to say. */
  SAID("__Host-bitting-said", "; Max-Age=60");

  private static final String RULES = "; Path=/; Secure; HttpOnly; SameSite=Lax";

  private final String key;
  private final String life;

  Cookies(String key, String life) {
    this.key = key;
    this.life = life;
  }

  /**
   * Reads it.
   *
   * @return empty if the request has it not, or has it twice, which no browser does by itself
   */
  Optional<String> in(Call call) {
    String found = null;
    for (String header : call.headers().all("Cookie")) {
      for (String pair : header.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).strip().equals(key)) {
          if (found != null) {
            return Optional.empty();
          }
          found = pair.substring(equals + 1).strip();
        }
      }
    }
    return Optional.ofNullable(found).filter(value -> !value.isEmpty());
  }

  /**
   * Returns an answer that sets it.
   *
   * @param answer the answer
   * @param value letters, digits, {@code -} and {@code _}
   */
  Answer set(Answer answer, String value) {
    return answer.with("Set-Cookie", key + "=" + value + RULES + life);
  }

  /** Returns an answer that removes it. */
  Answer removed(Answer answer) {
    return answer.with("Set-Cookie", key + "=" + RULES + "; Max-Age=0");
  }
}
