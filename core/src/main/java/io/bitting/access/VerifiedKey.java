package io.bitting.access;

import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import java.time.Instant;
import java.util.Optional;

/** A key whose whole secret was proved by the caller. Immutable and thread-safe. */
public interface VerifiedKey {
  /** Returns the key's id. */
  KeyId id();

  /** Returns whose key it is. */
  OrganizationId organization();

  /** Returns the API that the key is for. */
  ApiId api();

  /** Returns the number of the secret that was proved; they are counted from 1. */
  int secret();

  /**
   * Returns since when what was proved has a successor: a newer secret of the key, or a key that
   * takes its place. Empty if it has none.
   */
  Optional<Instant> supersededAt();

  /** Returns when the secret that was proved, or the key, comes to its end, if ever. */
  Optional<Instant> expiresAt();
}
