package io.bitting.store;

import io.bitting.id.PersonId;
import io.bitting.member.Invitation;
import io.bitting.member.Member;
import io.bitting.member.Person;
import io.bitting.seal.Sealed;
import java.time.Instant;
import java.util.Optional;

/**
 * What can be written of people, members and invitations within one transaction; as {@link Writer}
 * in all else. Who adds, changes or removes members or invitations of an organization locks it
 * first, so that the last owner is seen to be the last.
 */
public interface PeopleWriter extends PeopleReader {

  /**
   * Reads a person and keeps others from changing the person, and what is under this lock, until
   * the transaction ends.
   *
   * @param id its id
   */
  Optional<Sealed<Person>> lockPerson(PersonId id);

  /**
   * Adds a person.
   *
   * @param person revision 1
   * @throws StoreException.Conflict if the address is taken
   */
  void insertPerson(Person person);

  /**
   * Replaces a person.
   *
   * @param person with the revision after the one stored
   * @throws StoreException.Conflict if the address is taken
   */
  void updatePerson(Person person);

  /**
   * Notes that a person has signed in, unless a later time is noted.
   *
   * @param person who
   * @param at when the sign-in began
   */
  void noteSignIn(PersonId person, Instant at);

  /**
   * Removes a person for good, with all credentials and sign-ins. To be done with those only who
   * are a member nowhere.
   *
   * @param person as it is stored
   */
  void removePerson(Person person);

  /**
   * Adds a member.
   *
   * @param member revision 1
   * @throws StoreException.Conflict if the person is a member of the organization already
   */
  void insertMember(Member member);

  /**
   * Replaces the role of a member.
   *
   * @param member with the revision after the one stored
   */
  void updateMember(Member member);

  /**
   * Removes a member. The person stays.
   *
   * @param member as it is stored
   */
  void removeMember(Member member);

  /**
   * Adds an invitation.
   *
   * @param invitation the invitation
   * @throws StoreException.Conflict if there is one to the same organization for the same address
   */
  void insertInvitation(Invitation invitation);

  /**
   * Removes an invitation, because it was accepted, withdrawn or has expired. Of two that do so at
   * once only one succeeds.
   *
   * @param invitation the invitation
   */
  void removeInvitation(Invitation invitation);
}
