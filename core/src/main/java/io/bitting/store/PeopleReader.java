package io.bitting.store;

import io.bitting.id.InvitationId;
import io.bitting.id.MemberId;
import io.bitting.id.OrganizationId;
import io.bitting.id.PersonId;
import io.bitting.member.Invitation;
import io.bitting.member.MailAddress;
import io.bitting.member.Member;
import io.bitting.member.Person;
import io.bitting.seal.Bytes;
import io.bitting.seal.Sealed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What can be read of people, members and invitations within one transaction; as {@link Reader} in
 * all else.
 */
public interface PeopleReader {

  /**
   * Finds a person.
   *
   * @param id its id
   */
  Optional<Sealed<Person>> person(PersonId id);

  /**
   * Finds a person.
   *
   * @param mail its address
   */
  Optional<Sealed<Person>> person(MailAddress mail);

  /**
   * Finds a member.
   *
   * @param id its id
   */
  Optional<Sealed<MemberRow>> member(MemberId id);

  /**
   * Finds a person in an organization.
   *
   * @param organization the organization
   * @param person the person
   */
  Optional<Sealed<MemberRow>> member(OrganizationId organization, PersonId person);

  /**
   * Lists members of an organization, the newest first.
   *
   * @param organization whose
   * @param filter which
   * @param after where to begin; empty for the beginning
   * @param limit how many at most
   */
  List<Sealed<MemberRow>> members(
      OrganizationId organization,
      MemberFilter filter,
      Optional<MemberFilter.After> after,
      int limit);

  /**
   * Lists what a person is in every organization, the oldest first.
   *
   * @param person the person
   */
  List<Sealed<Member>> memberships(PersonId person);

  /**
   * Finds an invitation that was neither accepted nor withdrawn.
   *
   * @param id its id
   */
  Optional<Sealed<Invitation>> invitation(InvitationId id);

  /**
   * Finds an invitation that was neither accepted nor withdrawn.
   *
   * @param digest SHA-256 of the code
   */
  Optional<Sealed<Invitation>> invitation(Bytes digest);

  /**
   * Finds the invitation of somebody to an organization, open or expired.
   *
   * @param organization the organization
   * @param mail who is asked
   */
  Optional<Sealed<Invitation>> invitation(OrganizationId organization, MailAddress mail);

  /**
   * Lists the invitations to an organization, open or expired, the newest first.
   *
   * @param organization whose
   * @param after where to begin; empty for the beginning
   * @param limit how many at most
   */
  List<Sealed<Invitation>> invitations(
      OrganizationId organization, Optional<InvitedAfter> after, int limit);

  /**
   * The place in a list of invitations after which the next page begins.
   *
   * @param createdAt when the last invitation of the page before was made
   * @param id that invitation
   */
  record InvitedAfter(Instant createdAt, InvitationId id) {}
}
