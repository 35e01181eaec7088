package io.bitting.access;

import io.bitting.grant.Grant;
import org.jspecify.annotations.Nullable;

/**
 * What the index knows of a grant now; shared by all keys that have it. Written by the follower
 * only.
 */
final class GrantSlot {
  final Grant grant;

  /** Null while the API or its catalog is missing or not intact: then the grant allows nothing. */
  volatile @Nullable CompiledGrant compiled;

  GrantSlot(Grant grant) {
    this.grant = grant;
  }
}
