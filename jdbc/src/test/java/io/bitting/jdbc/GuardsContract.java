package io.bitting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.audit.AuditChain;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * What the database itself refuses, whoever asks: grants, the origin of keys, revocation, secrets
 * and audit events stay as they were.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GuardsContract {
  private World world;
  private PeopleWorld people;

  /** Returns a fresh database. */
  abstract TestDatabase database();

  @BeforeAll
  void openWorld() {
    world = new World(database());
    people = new PeopleWorld(world);
    Chains.append(world, AuditChain.INSTALLATION, 2);
  }

  @AfterAll
  void closeWorld() {
    world.close();
  }

  private List<String> refused() {
    String grant = world.narrow.key().grantId().text();
    String api = world.api.id().text();
    String key = world.narrow.key().id().text();
    String revoked = world.revoked.key().id().text();
    List<String> refused =
        new ArrayList<>(
            List.of(
                "INSERT INTO grant_scopes VALUES ('" + grant + "', 'bot')",
                "UPDATE grant_scopes SET scope = 'bot' WHERE grant_id = '" + grant + "'",
                "UPDATE grant_scopes SET grant_id = '" + grant + "'",
                "DELETE FROM grant_scopes WHERE grant_id = '" + grant + "'",
                "INSERT INTO grant_reach VALUES ('" + grant + "', 'verify', '" + api + "', '')",
                "UPDATE grant_reach SET power = 'issue_all', scope = ''",
                "DELETE FROM grant_reach",
                "UPDATE grants SET all_scopes = 1 WHERE id = '" + grant + "'",
                "UPDATE grants SET reaches_everything = 1",
                "DELETE FROM grants WHERE id = '" + grant + "'",
                "INSERT INTO grants VALUES ('" + grant + "', '" + api + "', 1, 1)",
                "UPDATE api_keys SET grant_id = '"
                    + world.all.key().grantId()
                    + "' WHERE id = '"
                    + key
                    + "'",
                "UPDATE api_keys SET organization_id = '"
                    + world.rival.id()
                    + "' WHERE id = '"
                    + key
                    + "'",
                "UPDATE api_keys SET api = '" + world.otherApi.id() + "' WHERE id = '" + key + "'",
                "UPDATE api_keys SET id = 'AAAAAAAAAAAA' WHERE id = '" + key + "'",
                "UPDATE api_keys SET created_at = 0 WHERE id = '" + key + "'",
                "UPDATE api_keys SET created_by = 'nobody' WHERE id = '" + key + "'",
                "UPDATE api_keys SET created_by_kind = 'member' WHERE id = '" + key + "'",
                "UPDATE api_keys SET state = 'active', revoked_at = NULL WHERE id = '"
                    + revoked
                    + "'",
                "UPDATE api_keys SET state = 'disabled', revoked_at = NULL WHERE id = '"
                    + revoked
                    + "'",
                "UPDATE api_keys SET revoked_at = NULL WHERE id = '" + revoked + "'",
                "UPDATE api_keys SET state = 'revoked' WHERE id = '" + key + "'",
                "UPDATE api_keys SET state = 'everything' WHERE id = '" + key + "'",
                "UPDATE key_secrets SET digest = "
                    + world.database.zeros(32)
                    + " WHERE key_id = '"
                    + key
                    + "'",
                "UPDATE key_secrets SET digest = "
                    + world.database.zeros(31)
                    + " WHERE key_id = '"
                    + key
                    + "'",
                "UPDATE key_secrets SET key_id = '"
                    + revoked
                    + "', number = 2 WHERE key_id = '"
                    + key
                    + "'",
                "UPDATE key_secrets SET number = 2 WHERE key_id = '" + key + "'",
                "UPDATE key_secrets SET expires_at = expires_at + 1 WHERE expires_at IS NOT NULL",
                "UPDATE key_secrets SET expires_at = NULL WHERE expires_at IS NOT NULL",
                "UPDATE api_keys SET ends_at = 5 WHERE id = '" + key + "'",
                "UPDATE api_keys SET replaced_by = id WHERE id = '" + key + "'",
                "UPDATE organizations SET never_allowed = 2",
                "UPDATE organizations SET key_lifetime_max_days = 0",
                "UPDATE apis SET prefix = 'other' WHERE id = '" + api + "'",
                "UPDATE organizations SET suspended = 2",
                "UPDATE organizations SET operator = 1",
                "UPDATE audit_events SET actor = 'nobody' WHERE number = 1",
                "DELETE FROM audit_events WHERE number = 2",
                "INSERT INTO audit_changes VALUES ('installation', 1, 1, 'a', 'b', 'c')",
                "UPDATE audit_changes SET after_value = 'active'",
                "DELETE FROM audit_changes",
                "UPDATE audit_personal SET value = '198.51.100.1'",
                "INSERT INTO audit_personal SELECT chain, number, 'other', salt, value FROM audit_personal"));
    refused.addAll(
        List.of(
            "UPDATE organizations SET mfa_required_from = 'never'",
            "UPDATE persons SET id = 'AAAAAAAAAAAA' WHERE id = '" + people.eve.id() + "'",
            "UPDATE persons SET created_at = 0",
            "UPDATE persons SET disabled = 2",
            "UPDATE persons SET mail = '" + people.ada.mail() + "'",
            "UPDATE members SET person_id = '"
                + people.ada.id()
                + "', organization_id = '"
                + world.rival.id()
                + "'",
            "UPDATE members SET joined_at = 0",
            "UPDATE members SET added_by = 'nobody'",
            "UPDATE members SET role = 'everything'",
            "UPDATE invitations SET role = 'owner'",
            "UPDATE invitations SET expires_at = expires_at + 1",
            "UPDATE totp_seeds SET last_step = last_step - 1",
            "UPDATE totp_seeds SET confirmed_at = NULL",
            "UPDATE totp_seeds SET pending = 1",
            "UPDATE passkeys SET public_key = " + world.database.zeros(77),
            "UPDATE passkeys SET person_id = '" + people.ada.id() + "'",
            "UPDATE recovery_codes SET created_at = 0",
            "UPDATE sign_ins SET ended_at = NULL",
            "UPDATE sign_ins SET ended_at = ended_at + 1",
            "UPDATE sign_ins SET person_id = '" + people.ada.id() + "'",
            "UPDATE sign_ins SET digest = " + world.database.zeros(31)));
    refused.addAll(world.database.waysRound(grant, api, key));
    return refused;
  }

  @TestFactory
  Stream<DynamicTest> refusesAndLeavesEverything() {
    String before = contents();
    return refused().stream()
        .map(sql ->
            DynamicTest.dynamicTest(
                sql,
                () -> {
                  assertThatThrownBy(() -> world.database.execute(sql))
                      .as(sql)
                      .isInstanceOf(RuntimeException.class);
                  assertThat(contents()).isEqualTo(before);
                  assertThat(world.intactKey(world.narrow.key().id())).contains(world.narrow.key());
                }));
  }

  /**
   * The control: what the product itself does to these tables is not refused, by the same way in.
   */
  @Test
  void allowsWhatTheProductDoes() {
    String key = world.wide.key().id().text();
    assertThat(
            world.database.execute(
                "UPDATE api_keys SET purpose = purpose WHERE id = '" + key + "'"))
        .isEqualTo(1);
    assertThat(
            world.database.execute(
                "UPDATE key_secrets SET expires_at = expires_at WHERE key_id = '" + key + "'"))
        .isEqualTo(1);
    assertThat(world.database.execute("UPDATE organizations SET name = name")).isEqualTo(3);
    assertThat(world.database.execute("UPDATE persons SET name = name")).isEqualTo(2);
    assertThat(world.database.execute("UPDATE members SET role = role")).isEqualTo(2);
    assertThat(world.database.execute("UPDATE totp_seeds SET last_step = last_step")).isEqualTo(2);
    assertThat(world.database.execute("UPDATE passkeys SET name = name")).isEqualTo(1);
    assertThat(world.database.execute("UPDATE sign_ins SET last_seen_at = last_seen_at"))
        .isEqualTo(1);
  }

  private String contents() {
    return world.database.contents("grants")
        + world.database.contents("grant_scopes")
        + world.database.contents("grant_reach")
        + world.database.contents("api_keys")
        + world.database.contents("key_secrets")
        + world.database.contents("apis")
        + world.database.contents("organizations")
        + world.database.contents("audit_events")
        + world.database.contents("audit_changes")
        + world.database.contents("audit_personal")
        + world.database.contents("persons")
        + world.database.contents("members")
        + world.database.contents("invitations")
        + world.database.contents("totp_seeds")
        + world.database.contents("passkeys")
        + world.database.contents("recovery_codes")
        + world.database.contents("sign_ins");
  }
}
