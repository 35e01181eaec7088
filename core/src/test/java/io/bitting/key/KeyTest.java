package io.bitting.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.audit.Actor;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantedScopes;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class KeyTest {
  private static final Grant GRANT = Grant.of(new ApiId("appsec"), GrantedScopes.all());
  private static final Key KEY =
      new Key(
          KeyId.parse("4fT9xQ2mZp7B").orElseThrow(),
          new OrganizationId("aaaaaaaaaaaa"),
          "nightly",
          "",
          GRANT,
          GRANT.id(),
          KeyState.ACTIVE,
          Instant.parse("2026-01-01T00:00:00Z"),
          new Actor(Actor.Kind.OPERATOR, "setup"),
          null,
          1);
  private static final Instant LATER = Instant.parse("2026-02-01T00:00:00Z");

  /** Rule 3. */
  @Test
  void anyChange_keepsIdOrganizationAndGrantAndCountsOn() {
    for (Key changed :
        new Key[] {
          KEY.described("other", "words"),
          KEY.disabled(true),
          KEY.disabled(false),
          KEY.revoked(LATER)
        }) {
      assertThat(changed.id()).isEqualTo(KEY.id());
      assertThat(changed.organization()).isEqualTo(KEY.organization());
      assertThat(changed.grant()).isEqualTo(GRANT);
      assertThat(changed.grantId()).isEqualTo(GRANT.id());
      assertThat(changed.createdAt()).isEqualTo(KEY.createdAt());
      assertThat(changed.createdBy()).isEqualTo(KEY.createdBy());
      assertThat(changed.revision()).isEqualTo(2);
      assertThat(changed.canonical()).isNotEqualTo(KEY.canonical());
    }
  }

  @Test
  void disabled_thereAndBack_isActive() {
    assertThat(KEY.disabled(true).state()).isEqualTo(KeyState.DISABLED);
    assertThat(KEY.disabled(true).disabled(false).state()).isEqualTo(KeyState.ACTIVE);
  }

  @Test
  void disabled_ofARevokedKey_throwsEitherWay() {
    Key revoked = KEY.revoked(LATER);
    assertThat(revoked.state()).isEqualTo(KeyState.REVOKED);
    assertThat(revoked.revokedAt()).isEqualTo(LATER);
    assertThatThrownBy(() -> revoked.disabled(false)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> revoked.disabled(true)).isInstanceOf(IllegalStateException.class);
    assertThat(revoked.described("a", "b").state()).isEqualTo(KeyState.REVOKED);
  }

  @Test
  void keyState_eachCode_isFoundAgain() {
    for (KeyState state : KeyState.values()) {
      assertThat(KeyState.of(state.code())).contains(state);
    }
    assertThat(KeyState.of("ACTIVE")).isEmpty();
    assertThat(KeyState.of("expired")).isEmpty();
  }
}
