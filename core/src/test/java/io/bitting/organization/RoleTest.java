package io.bitting.organization;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.OrganizationMother;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.BuiltInScope.Family;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class RoleTest {
  @ParameterizedTest
  @CsvSource({
    "owner, org:read org:write org.memberships:read org.memberships:manage keys:read keys:issue keys:manage audit:read",
    "admin, org:read org:write org.memberships:read org.memberships:manage keys:read keys:issue keys:manage audit:read",
    "member, org:read org.memberships:read keys:read keys:issue",
    "auditor, org:read org.memberships:read keys:read audit:read",
  })
  void scopes_ofEachRole_areThese(String code, String scopes) {
    Role role = Role.of(code).orElseThrow();
    assertThat(role.code()).isEqualTo(code);
    assertThat(role.scopes().stream().map(scope -> scope.scope().text()))
        .containsExactlyInAnyOrder(scopes.split(" "));
  }

  /** What runs the installation, and what only a machine is for, no role has. */
  @ParameterizedTest
  @EnumSource(Role.class)
  void scopes_ofTheInstallationOrOfScim_areInNoRole(Role role) {
    assertThat(role.scopes())
        .isNotEmpty()
        .doesNotContain(BuiltInScope.SCIM)
        .allMatch(scope -> scope.family() == Family.ORGANIZATION);
  }

  /** Who owns or runs the organization that runs the installation runs the installation. */
  @ParameterizedTest
  @EnumSource(Role.class)
  void scopes_inTheOperatorOrganization_areThoseOfTheInstallationToo(Role role) {
    Organization usual = OrganizationMother.organization().build();
    assertThat(role.scopes(usual)).isEqualTo(role.scopes());
    Set<BuiltInScope> more =
        EnumSet.copyOf(role.scopes(OrganizationMother.organization().operator().build()));
    more.removeAll(role.scopes());
    assertThat(more)
        .isEqualTo(
            switch (role) {
              case OWNER, ADMIN ->
                  Set.of(
                      BuiltInScope.APIS_READ,
                      BuiltInScope.APIS_MANAGE,
                      BuiltInScope.ORGANIZATIONS_READ,
                      BuiltInScope.ORGANIZATIONS_MANAGE);
              case MEMBER -> Set.of();
              case AUDITOR -> Set.of(BuiltInScope.APIS_READ, BuiltInScope.ORGANIZATIONS_READ);
            });
  }

  @Test
  void of_anotherWord_isEmpty() {
    assertThat(Role.of("Owner")).isEmpty();
    assertThat(Role.of("")).isEmpty();
  }

  @Test
  void requiresMfa_fromItsTimeOn() {
    Organization organization =
        OrganizationMother.organization().mfaRequiredFrom(MutableClock.START).build();
    assertThat(organization.requiresMfa(MutableClock.START.minusMillis(1))).isFalse();
    assertThat(organization.requiresMfa(MutableClock.START)).isTrue();
    Organization off = organization.requiringMfa(Optional.empty());
    assertThat(off.requiresMfa(MutableClock.START)).isFalse();
    assertThat(off.named("x").requiringMfa(Optional.of(MutableClock.START)).suspended(true))
        .extracting(Organization::mfaRequiredFrom)
        .isEqualTo(MutableClock.START);
  }
}
