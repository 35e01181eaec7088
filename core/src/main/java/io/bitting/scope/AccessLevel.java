package io.bitting.scope;

import java.util.Optional;

/**
 * How much harm a scope can do, as its catalog says; never guessed from the name. In rising order.
 */
public enum AccessLevel {
  /** Looks, changes nothing. */
  READ("read"),
  /** Changes what can be changed back. */
  WRITE("write"),
  /** Destroys, or hands out power. */
  DANGER("danger");

  private final String code;

  AccessLevel(String code) {
    this.code = code;
  }

  /** Returns the word used in catalogs, SQL and JSON. */
  public String code() {
    return code;
  }

  /**
   * Finds a level by its word.
   *
   * @param code any text
   */
  public static Optional<AccessLevel> of(String code) {
    for (AccessLevel level : values()) {
      if (level.code.equals(code)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}
