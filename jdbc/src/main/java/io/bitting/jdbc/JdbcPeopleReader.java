package io.bitting.jdbc;

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
import io.bitting.store.MemberFilter;
import io.bitting.store.MemberRow;
import io.bitting.store.PeopleReader;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A transaction's view of people, members and invitations. */
class JdbcPeopleReader implements PeopleReader {
  final Persons persons;
  final Members members;
  final Invitations invitations;
  private final JdbcReader reader;

  JdbcPeopleReader(JdbcReader reader, Handle handle, Seals seals, Engine engine) {
    this.reader = reader;
    persons = new Persons(handle, seals, engine);
    members = new Members(handle, seals);
    invitations = new Invitations(handle, seals);
  }

  @Override
  public final Optional<Sealed<Person>> person(PersonId id) {
    return reader.run(() -> persons.find(id));
  }

  @Override
  public final Optional<Sealed<Person>> person(MailAddress mail) {
    return reader.run(() -> persons.find(mail));
  }

  @Override
  public final Optional<Sealed<MemberRow>> member(MemberId id) {
    return reader.run(() -> members.find(id));
  }

  @Override
  public final Optional<Sealed<MemberRow>> member(OrganizationId organization, PersonId person) {
    return reader.run(() -> members.find(organization, person));
  }

  @Override
  public final List<Sealed<MemberRow>> members(
      OrganizationId organization,
      MemberFilter filter,
      Optional<MemberFilter.After> after,
      int limit) {
    return reader.run(() -> members.page(organization, filter, after, limit));
  }

  @Override
  public final List<Sealed<Member>> memberships(PersonId person) {
    return reader.run(() -> members.memberships(person));
  }

  @Override
  public final Optional<Sealed<Invitation>> invitation(InvitationId id) {
    return reader.run(() -> invitations.find(id));
  }

  @Override
  public final Optional<Sealed<Invitation>> invitation(Bytes digest) {
    return reader.run(() -> invitations.find(digest));
  }

  @Override
  public final Optional<Sealed<Invitation>> invitation(
      OrganizationId organization, MailAddress mail) {
    return reader.run(() -> invitations.find(organization, mail));
  }

  @Override
  public final List<Sealed<Invitation>> invitations(
      OrganizationId organization, Optional<InvitedAfter> after, int limit) {
    return reader.run(() -> invitations.page(organization, after, limit));
  }
}
