package io.bitting.audit;

import java.util.Optional;

/**
 * One thing that is wrong with an audit chain.
 *
 * @param kind what sort of damage
 * @param first the number of the first event that it concerns; 0 if that cannot be said
 * @param last the number of the last one, the same if it is one event
 * @param id the event's id, as far as it can be told
 * @param line the line that shows it; 0 if there is none, since something is missing
 * @param sentence what is wrong, for people
 */
public record AuditFinding(
    Kind kind, long first, long last, Optional<String> id, long line, String sentence) {

  /** The sorts of damage. */
  public enum Kind {
    /** An event says something else than it did. */
    ALTERED("altered"),
    /** An event that was there is not. */
    REMOVED("removed"),
    /** Something is there that is no event of the chain, or one stands twice. */
    INSERTED("inserted"),
    /** An event stands in another place. */
    REORDERED("reordered"),
    /** The beginning or the end is cut off. */
    TRUNCATED("truncated"),
    /** Events follow the last signed checkpoint, so that nothing vouches for them. */
    UNSIGNED("unsigned"),
    /** A checkpoint is not what somebody signed, or two of them cannot both be true. */
    CHECKPOINT("checkpoint");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** Returns the word for it. */
    public String code() {
      return code;
    }
  }

  @Override
  public String toString() {
    return kind.code() + ": " + sentence;
  }
}
