package io.bitting.key;

/**
 * What was said when a key was revoked.
 *
 * @param reason why
 * @param note in the words of whoever did it, possibly empty
 */
public record Revocation(RevocationReason reason, String note) {
  /** Nobody said why. */
  public static final Revocation UNSAID = new Revocation(RevocationReason.OTHER, "");
}
