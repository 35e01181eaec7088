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
  volatile @Nullable Standing standing;

  /** Whether the row's seal needs a pepper that is not at hand. */
  volatile boolean undecidable;

  /**
   * What a check asks of an organization. One of few constants instead of the row: it takes no
   * room, and a check among many organizations finds it near at hand.
   */
  enum Standing {
    CUSTOMER,
    CUSTOMER_SUSPENDED,
    OPERATOR,
    OPERATOR_SUSPENDED;

    static Standing of(Organization organization) {
      if (organization.operator()) {
        return organization.suspended() ? OPERATOR_SUSPENDED : OPERATOR;
      }
      return organization.suspended() ? CUSTOMER_SUSPENDED : CUSTOMER;
    }

    boolean isOperator() {
      return this == OPERATOR || this == OPERATOR_SUSPENDED;
    }

    boolean isSuspended() {
      return this == CUSTOMER_SUSPENDED || this == OPERATOR_SUSPENDED;
    }
  }

  OrganizationSlot(OrganizationId id) {
    this.id = id;
  }
}
