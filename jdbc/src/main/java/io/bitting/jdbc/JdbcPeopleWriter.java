package io.bitting.jdbc;

import io.bitting.id.PersonId;
import io.bitting.member.Invitation;
import io.bitting.member.Member;
import io.bitting.member.Person;
import io.bitting.seal.Sealed;
import io.bitting.store.PeopleWriter;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What a writing transaction does to people, members and invitations. */
final class JdbcPeopleWriter extends JdbcPeopleReader implements PeopleWriter {
  private final JdbcWriter writer;

  JdbcPeopleWriter(JdbcWriter writer, Handle handle, Seals seals, Engine engine) {
    super(writer, handle, seals, engine);
    this.writer = writer;
  }

  @Override
  public Optional<Sealed<Person>> lockPerson(PersonId id) {
    return writer.run(() -> persons.lock(id));
  }

  @Override
  public void insertPerson(Person person) {
    writer.change(Change.PERSON, person.id().text(), () -> persons.insert(person));
  }

  @Override
  public void updatePerson(Person person) {
    writer.change(Change.PERSON, person.id().text(), () -> persons.update(person));
  }

  @Override
  public void noteSignIn(PersonId person, Instant at) {
    writer.run(
        () -> persons.noteSignIn(person, at) && writer.noteChange(Change.PERSON, person.text()));
  }

  @Override
  public void removePerson(Person person) {
    writer.change(
        Change.PERSON,
        person.id().text(),
        () -> {
          // What belongs to a person goes first.
          writer.credentials().removeAll(person.id());
          persons.remove(person);
        });
  }

  @Override
  public void insertMember(Member member) {
    writer.change(Change.MEMBER, member.id().text(), () -> members.insert(member));
  }

  @Override
  public void updateMember(Member member) {
    writer.change(Change.MEMBER, member.id().text(), () -> members.update(member));
  }

  @Override
  public void removeMember(Member member) {
    writer.change(Change.MEMBER, member.id().text(), () -> members.remove(member));
  }

  @Override
  public void insertInvitation(Invitation invitation) {
    writer.change(Change.INVITATION, invitation.id().text(), () -> invitations.insert(invitation));
  }

  @Override
  public void removeInvitation(Invitation invitation) {
    writer.change(Change.INVITATION, invitation.id().text(), () -> invitations.remove(invitation));
  }
}
