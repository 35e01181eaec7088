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
  volatile @Nullable Compiled compiled;

  /** A grant worked out, with the API that it was worked out for: they belong together. */
  record Compiled(CompiledGrant grant, ApiState api) {
    static Compiled of(Grant grant, ApiState api) {
      return new Compiled(new CompiledGrant(grant, api.catalog()), api);
    }
  }

  GrantSlot(Grant grant) {
    this.grant = grant;
  }
}
