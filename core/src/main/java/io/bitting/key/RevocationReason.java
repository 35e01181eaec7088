package io.bitting.key;

import java.util.Optional;

/** Why a key was revoked. */
public enum RevocationReason {
  /** Its token was seen where it does not belong. */
  LEAKED("leaked"),
  /** Nobody used it. */
  UNUSED("unused"),
  /** Another key took its place. */
  REPLACED("replaced"),
  /** Whoever it was for is gone. */
  MEMBER_LEFT("member_left"),
  /** Something else, or nobody said. */
  OTHER("other");

  private final String code;

  RevocationReason(String code) {
    this.code = code;
  }

  /** Returns the word used in SQL, JSON and the CLI. */
  public String code() {
    return code;
  }

  /**
   * Finds a reason by its word.
   *
   * @param code any text
   */
  public static Optional<RevocationReason> of(String code) {
    for (RevocationReason reason : values()) {
      if (reason.code.equals(code)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
