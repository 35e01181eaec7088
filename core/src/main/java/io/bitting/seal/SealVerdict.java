package io.bitting.seal;

/** What a seal says of its row. */
public enum SealVerdict {
  /** The row is as the product wrote it. */
  INTACT,
  /** The row was altered behind the product's back, or belongs elsewhere: it grants nothing. */
  BROKEN,
  /**
   * The keyset lacks the pepper version that made the seal: nothing can be said, so nothing is
   * granted.
   */
  UNKNOWN_VERSION
}
