package io.bitting.member;

import java.util.Optional;

/** What a person proves at a sign-in. */
public enum Factor {
  /** Knows the password. */
  PASSWORD("password", false),
  /** Has the device that shows one-time passwords. */
  TOTP("totp", true),
  /** Has the device with the passkey, and unlocked it. */
  PASSKEY("passkey", true),
  /** Had a recovery code. */
  RECOVERY_CODE("recovery_code", true);

  private final String code;
  private final boolean second;

  Factor(String code, boolean second) {
    this.code = code;
    this.second = second;
  }

  /** Returns the word used in JSON and the audit. */
  public String code() {
    return code;
  }

  /** Tells whether it counts as a second factor. */
  public boolean isSecond() {
    return second;
  }

  /**
   * Finds a factor by its word.
   *
   * @param code any text
   */
  public static Optional<Factor> of(String code) {
    for (Factor factor : values()) {
      if (factor.code.equals(code)) {
        return Optional.of(factor);
      }
    }
    return Optional.empty();
  }
}
