package io.bitting.member;

import io.bitting.audit.Actor;
import io.bitting.id.MemberId;
import io.bitting.id.OrganizationId;
import io.bitting.id.PersonId;
import io.bitting.organization.Role;
import io.bitting.seal.Canonical;
import java.time.Instant;

/**
 * A person in an organization.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id names the member for ever
 * @param organization the organization
 * @param person the person, once in each organization
 * @param role what the person is there
 * @param joinedAt since when
 * @param addedBy who brought the person in
 * @param revision counts changes, from 1
 */
public record Member(
    MemberId id,
    OrganizationId organization,
    PersonId person,
    Role role,
    Instant joinedAt,
    Actor addedBy,
    long revision) {

  /** Returns the form that is sealed. */
  public byte[] canonical() {
    return Canonical.of("member")
        .text(id.text())
        .text(organization.text())
        .text(person.text())
        .text(role.code())
        .time(joinedAt)
        .text(addedBy.kind().code())
        .text(addedBy.id())
        .number(revision)
        .toBytes();
  }

  /**
   * Returns the member with another role.
   *
   * @param newRole the role
   */
  public Member as(Role newRole) {
    return new Member(id, organization, person, newRole, joinedAt, addedBy, revision + 1);
  }
}
