package io.bitting.review;

import java.util.Optional;

/**
 * One thing about a key that somebody should look at.
 *
 * @param kind which sort of thing
 * @param words what it is, in a clause without a subject: {@code never expires}
 * @param points how much it adds to the key's risk
 */
public record Finding(Kind kind, String words, int points) {

  /** The sorts of findings. */
  public enum Kind {
    /** It has all scopes, today's and tomorrow's. */
    ALL_SCOPES("all_scopes"),
    /** It was not used for long. */
    UNUSED("unused"),
    /** It holds scopes that it did not use. */
    UNUSED_SCOPES("unused_scopes"),
    /** It never expires. */
    NO_EXPIRY("no_expiry"),
    /** Who made it is gone. */
    MAKER_GONE("maker_gone"),
    /** It has expired, and is called nevertheless. */
    EXPIRED_CALLED("expired_called"),
    /** Nobody has said what it is for. */
    NO_PURPOSE("no_purpose");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** Returns the word used in JSON, CSV and the CLI. */
    public String code() {
      return code;
    }

    /**
     * Finds a kind by its word.
     *
     * @param code any text
     */
    public static Optional<Kind> of(String code) {
      for (Kind kind : values()) {
        if (kind.code.equals(code)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }
}
