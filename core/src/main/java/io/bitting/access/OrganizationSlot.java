package io.bitting.access;

import io.bitting.id.OrganizationId;
import io.bitting.organization.Organization;
import org.jspecify.annotations.Nullable;

/**
 * What the index knows of an organization now; shared by all of its keys. Written by the follower
 * only.
 */
final class OrganizationSlot {
  final OrganizationId id;

  /** Null if there is no intact row: then nothing of the organization is allowed. */
  volatile @Nullable Organization organization;

  /** Whether the row's seal needs a pepper that is not at hand. */
  volatile boolean undecidable;

  OrganizationSlot(OrganizationId id) {
    this.id = id;
  }
}
