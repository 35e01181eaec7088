package io.bitting.server.members;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.AlarmRecord;
import io.bitting.fixtures.MemberMother;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.OrganizationMother;
import io.bitting.fixtures.PersonMother;
import io.bitting.jdbc.JdbcDatabase;
import io.bitting.jdbc.TestDatabases;
import io.bitting.member.Member;
import io.bitting.member.Person;
import io.bitting.organization.Organization;
import io.bitting.seal.PepperKeyset;
import io.bitting.store.Store;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes with a member. */
final class DepartureTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** In the order of everybody who signs in, or each would wait for what the other one holds. */
  @Test
  void of_aMember_locksThePersonBeforeTheAudit() {
    Organization organization = OrganizationMother.organization().build();
    Person person = PersonMother.person().build();
    Member member = MemberMother.member(organization.id(), person.id()).build();
    List<Long> free = new ArrayList<>();
    try (TestDatabases.Postgresql database = TestDatabases.postgresql();
        JdbcDatabase open = database.open()) {
      Store store =
          open.open(PepperKeyset.generate(RANDOM), new MutableClock(), RANDOM, new AlarmRecord())
              .store();
      store.write(writer -> {
        writer.insertOrganization(organization);
        writer.people().insertPerson(person);
        writer.people().insertMember(member);
        return 0;
      });

      store.write(writer -> {
        Departure.of(
            writer,
            member,
            "member.left",
            (action, target, role) ->
                free.add(
                    database.number(
                        "SELECT count(*) FROM (SELECT id FROM persons WHERE id = ? FOR UPDATE SKIP LOCKED) p",
                        person.id().text())));
        return 0;
      });

      assertThat(free).containsExactly(0L);
      assertThat(store.<Boolean>read(reader -> reader.people().person(person.id()).isPresent()))
          .isFalse();
    }
  }
}
