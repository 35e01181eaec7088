package io.bitting.audit;

import io.bitting.id.KeyId;
import io.bitting.id.MemberId;
import java.util.Optional;

/**
 * Who acts.
 *
 * @param kind what sort of actor
 * @param id names it within its kind: a key's or member's id, or the name of a command
 */
public record Actor(Kind kind, String id) {

  /** The sorts of actors. */
  public enum Kind {
    /** A key, by its id. */
    KEY("key"),
    /** A member, by its id. */
    MEMBER("member"),
    /** Whoever redeemed a setup code, by the code's id. */
    SETUP("setup"),
    /** Somebody with access to the machine, by the name of the command. */
    OPERATOR("operator"),
    /** Bitting by itself, by the name of the chore. */
    CHORE("chore");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** Returns the word used in SQL and JSON. */
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

  /**
   * Names a key as an actor.
   *
   * @param id the key
   */
  public static Actor key(KeyId id) {
    return new Actor(Kind.KEY, id.text());
  }

  /**
   * Names a member as an actor.
   *
   * @param id the member
   */
  public static Actor member(MemberId id) {
    return new Actor(Kind.MEMBER, id.text());
  }

  @Override
  public String toString() {
    return kind.code() + ":" + id;
  }
}
