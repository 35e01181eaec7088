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

  /** Returns when the secret that was proved expires, if ever. */
  Optional<Instant> expiresAt();
}
