package io.bitting.key;

import java.util.Optional;

/**
 * What was decided about a key. That a key has expired is not a state but a matter of the clock.
 */
public enum KeyState {
  /** Usable until it expires. */
  ACTIVE("active"),
  /** Refused until it is enabled again. */
  DISABLED("disabled"),
  /** Refused for ever. */
  REVOKED("revoked");

  private final String code;

  KeyState(String code) {
    this.code = code;
  }

  /** Returns the word used in SQL, JSON and the CLI. */
  public String code() {
    return code;
  }

  /**
   * Finds a state by its word.
   *
   * @param code any text
   */
  public static Optional<KeyState> of(String code) {
    for (KeyState state : values()) {
      if (state.code.equals(code)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
