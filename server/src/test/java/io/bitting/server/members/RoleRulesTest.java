package io.bitting.server.members;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.PersonMother;
import io.bitting.id.MemberId;
import io.bitting.member.Giver;
import io.bitting.member.Member;
import io.bitting.organization.Role;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import io.bitting.server.http.Answer;
import io.bitting.store.PeopleReader;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who gives and takes which role, and that the last owner stays (A9, A10). */
final class RoleRulesTest {
  private static final TestServer SERVER = TestServer.shared();
  private static final Giver OWNER = Giver.member(Role.OWNER);

  private final Tenant tenant = SERVER.tenant();

  private Optional<String> refusal(Giver giver, String member, Optional<Role> next) {
    return SERVER
        .store()
        .<Optional<Answer>>read(reader -> {
          PeopleReader people = reader.people();
          Member found =
              people.member(new MemberId(member)).orElseThrow().intact().orElseThrow().member();
          return RoleRules.refusal(people, giver, found, next);
        })
        .map(answer -> ((Answer.Failed) answer).problem().code().code());
  }

  @Test
  void lastOwner_staysOwner_whoeverAsks() {
    String owner = tenant.member(Role.OWNER);
    tenant.member(Role.ADMIN);
    assertThat(refusal(OWNER, owner, Optional.empty())).contains("last_owner");
    assertThat(refusal(OWNER, owner, Optional.of(Role.ADMIN))).contains("last_owner");
    assertThat(refusal(OWNER, owner, Optional.of(Role.OWNER))).isEmpty();
    assertThat(refusal(Giver.member(Role.ADMIN), owner, Optional.empty()))
        .contains("beyond_ceiling");
  }

  @Test
  void oneOfTwoOwners_goes() {
    String first = tenant.member(Role.OWNER);
    tenant.member(Role.OWNER);
    assertThat(refusal(OWNER, first, Optional.empty())).isEmpty();
    assertThat(refusal(OWNER, first, Optional.of(Role.AUDITOR))).isEmpty();
  }

  /** An owner who cannot sign in looks after nothing. */
  @Test
  void disabledOwner_isNotAnother() {
    String owner = tenant.member(Role.OWNER);
    tenant.member(Role.OWNER, PersonMother.person().build().disabled(true));
    assertThat(refusal(OWNER, owner, Optional.empty())).contains("last_owner");
  }

  @Test
  void admin_givesAndTakesWhatIsBelow() {
    Giver admin = Giver.member(Role.ADMIN);
    String member = tenant.member(Role.MEMBER);
    String other = tenant.member(Role.ADMIN);
    assertThat(refusal(admin, member, Optional.of(Role.AUDITOR))).isEmpty();
    assertThat(refusal(admin, member, Optional.empty())).isEmpty();
    assertThat(refusal(admin, member, Optional.of(Role.ADMIN))).contains("beyond_ceiling");
    assertThat(refusal(admin, other, Optional.of(Role.MEMBER))).contains("beyond_ceiling");
    assertThat(refusal(OWNER, other, Optional.of(Role.MEMBER))).isEmpty();
  }
}
