package io.bitting.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.grant.Ceiling;
import io.bitting.grant.GrantedScopes;
import io.bitting.grant.Reach;
import io.bitting.id.ApiId;
import io.bitting.organization.Role;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody gives a role that may more than they may; and owners alone make owners and admins. */
final class GiverTest {
  private static List<Role> given(Giver giver) {
    return Arrays.stream(Role.values()).filter(giver::mayGive).toList();
  }

  @Test
  void mayGive_aMember_isWhatItsRoleCovers() {
    assertThat(given(Giver.member(Role.OWNER))).containsExactly(Role.values());
    assertThat(given(Giver.member(Role.ADMIN))).containsExactly(Role.MEMBER, Role.AUDITOR);
    assertThat(given(Giver.member(Role.MEMBER))).containsExactly(Role.MEMBER, Role.AUDITOR);
    assertThat(given(Giver.member(Role.AUDITOR))).containsExactly(Role.AUDITOR);
  }

  @Test
  void mayGive_aKeyThatReachesEverything_isNeverOwnerOrAdmin() {
    assertThat(given(Giver.key(new Ceiling.Everything())))
        .containsExactly(Role.MEMBER, Role.AUDITOR);
  }

  /** A member makes keys of every API, tomorrow's too; a reach never names those. */
  @Test
  void mayGive_aKeyOfLessReach_isWhoGrantsNothing() {
    ApiId api = new ApiId("appsec");
    Reach.Limited all = (Reach.Limited) Reach.issuing(api, GrantedScopes.all());
    assertThat(given(Giver.key(new Ceiling.Within(all)))).containsExactly(Role.AUDITOR);
    assertThat(given(Giver.key(new Ceiling.Nothing()))).containsExactly(Role.AUDITOR);
  }
}
