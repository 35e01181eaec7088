package io.bitting.store;

import io.bitting.audit.Actor;
import io.bitting.id.KeyId;
import io.bitting.id.MemberId;
import io.bitting.id.OrganizationId;
import io.bitting.seal.Canonical;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was last decided about a key in a review. The decisions before it are in the audit.
 *
 * @param key the key
 * @param organization whose it is
 * @param verdict what was decided
 * @param reason why, in the words of whoever decided; possibly empty unless the key is kept
 * @param askAgainAt from when on a review asks again; null for never, which only a revoked key has
 * @param decidedAt when
 * @param decidedBy by whom
 * @param responsible the member that answers for the key from then on instead of its maker; null if
 *     nobody was named
 */
public record ReviewDecision(
    KeyId key,
    OrganizationId organization,
    Verdict verdict,
    String reason,
    @Nullable Instant askAgainAt,
    Instant decidedAt,
    Actor decidedBy,
    @Nullable MemberId responsible) {

  /**
   * A decision that names nobody who answers for the key.
   *
   * @param key the key
   * @param organization whose it is
   * @param verdict what was decided
   * @param reason why
   * @param askAgainAt from when on a review asks again; null for never
   * @param decidedAt when
   * @param decidedBy by whom
   */
  public ReviewDecision(
      KeyId key,
      OrganizationId organization,
      Verdict verdict,
      String reason,
      @Nullable Instant askAgainAt,
      Instant decidedAt,
      Actor decidedBy) {
    this(key, organization, verdict, reason, askAgainAt, decidedAt, decidedBy, null);
  }

  /** What can be decided about a key. */
  public enum Verdict {
    /** It stays as it is. */
    KEEP("keep"),
    /** A key with a narrower grant is to take its place. */
    RIGHT_SIZE("right_size"),
    /** It is revoked. */
    REVOKE("revoke");

    private final String code;

    Verdict(String code) {
      this.code = code;
    }

    /** Returns the word used in SQL, JSON and the CLI. */
    public String code() {
      return code;
    }

    /**
     * Finds a verdict by its word.
     *
     * @param code any text
     */
    public static Optional<Verdict> of(String code) {
      for (Verdict verdict : values()) {
        if (verdict.code.equals(code)) {
          return Optional.of(verdict);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * Tells whether it still answers the question.
   *
   * @param now the time
   */
  public boolean standsAt(Instant now) {
    return askAgainAt == null || now.isBefore(askAgainAt);
  }

  /**
   * Tells whether somebody decided that the key stays though it is not used, so that no policy
   * revokes it.
   *
   * @param now the time
   */
  public boolean keepsAt(Instant now) {
    return verdict == Verdict.KEEP && standsAt(now);
  }

  /**
   * Returns the form that is sealed. Who answers for the key is left out where nobody was named.
   */
  public byte[] canonical() {
    Canonical form =
        Canonical.of("review-decision")
            .text(key.text())
            .text(organization.text())
            .text(verdict.code())
            .text(reason)
            .time(askAgainAt)
            .time(decidedAt)
            .text(decidedBy.kind().code())
            .text(decidedBy.id());
    return (responsible == null ? form : form.text(responsible.text())).toBytes();
  }
}
