package io.bitting.client.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
  private static final String KEY =
      """
      "id":"4fT9xQ2mZp7B","display":"nex_4fT9xQ2mZp7B…","api":"appsec","organization":"0rgAn1sat10n","name":"ci","purpose":"","all_scopes":false,\
      "scopes":["scans:read"],"reach":null,"state":"active","created_at":"2026-11-21T22:00:00.000Z","created_by":{"kind":"key","id":"4fT9xQ2mZp7A"},\
      "expires_at":"2027-02-19T22:00:00.123Z","revoked_at":null,"revocation":null,"replaced_by":null,"ends_at":null,\
      "secrets":[{"number":1,"created_at":"2026-11-21T22:00:00.000Z","expires_at":"2027-02-19T22:00:00.123Z","ends_when_quiet_hours":null,\
      "last_used_at":null,"last_used_from":null}],"last_used_at":null\
      """;
  private static final String ORGANIZATION =
      """
      {"id":"0rgAn1sat10n","slug":"acme","name":"Acme","operator":false,"state":"active","all_scopes_allowed":true,\
      "policy":{"key_lifetime_max_days":null,"never_allowed":true,"revoke_unused_after_days":null,"usage_kept_days":400,"audit_kept_days":null,\
      "dead_keys_kept_days":null},"mfa_required_from":null,\
      "created_at":"2026-11-21T22:00:00.000Z"}\
      """;
  private static final String MEMBER =
      """
      {"id":"Mb3kT8wQ5zXa","mail":"ada@example.com","name":"Ada","role":"owner","state":"active","mfa_since":null,\
      "last_sign_in_at":null,"joined_at":"2026-11-21T22:00:00.000Z","added_by":{"kind":"setup","id":"s"}}\
      """;
  private static final String INVITATION =
      """
      {"id":"Iv9rC4mN2sLe","mail":"ada@example.com","role":"auditor","state":"open","created_at":"2026-11-21T22:00:00.000Z",\
      "created_by":{"kind":"key","id":"k"},"expires_at":"2026-11-28T22:00:00.000Z"}\
      """;
  private static final String VERIFIED =
      """
      {"decision":"denied","reason":"insufficient_scope","key":{"id":"4fT9xQ2mZp7B","organization":"0rgAn1sat10n","api":"appsec","expires_at":null,"secret":1,"superseded_at":null},\
      "required_scopes":["scans:delete"],"missing_scopes":["scans:delete"],"as_of":"e.7"}\
      """;
  private static final String PROBLEM =
      """
      {"type":"http://localhost/errors/name_taken","title":"The name is taken","status":409,"code":"name_taken","detail":"…","request_id":"r1",\
      "faults":[{"pointer":"/name","code":"name_taken","message":"m","fix":"f"},{"pointer":"","code":"c","message":"m","fix":"f","line":3}],"version":7}\
      """;
  private static final String CHANGE =
      """
      {"api":"appsec","version":2,"applied":false,"difference":{"added":["a"],"retired":[],"restored":[],"implications":[{"from":"a","to":"b"}],\
      "withdrawn":[],"reworded":["b"],"templates":["t"]},"gaining":[{"id":"4fT9xQ2mZp7B","display":"nex_4fT9xQ2mZp7B…","name":"ci","organization":"o","gains":["a"]}],\
      "gaining_total":1,"confirmation":"c0ffee"}\
      """;

  static Stream<Arguments> answers() {
    return Stream.of(
        arguments(KeyAnswer.class, "{" + KEY + "}"),
        arguments(CreatedKey.class, "{" + KEY + ",\"token\":\"nex_secret\"}"),
        arguments(CreatedKey.class, "{" + KEY + ",\"secret_available\":false}"),
        arguments(OrganizationAnswer.class, ORGANIZATION),
        arguments(
            NewOrganizationAnswer.class,
            "{\"organization\":"
                + ORGANIZATION
                + ",\"setup_code\":\"code\",\"setup_code_expires_at\":\"2026-11-21T22:00:00.000Z\"}"),
        arguments(
            SetupCodeAnswer.class,
            "{\"setup_code\":\"code\",\"setup_code_expires_at\":\"2026-11-21T22:00:00.000Z\"}"),
        arguments(
            NewOrganizationAnswer.class,
            "{\"organization\":"
                + ORGANIZATION
                + ",\"setup_code_expires_at\":\"2026-11-21T22:00:00.000Z\",\"secret_available\":false}"),
        arguments(
            SetupCodeAnswer.class,
            "{\"setup_code_expires_at\":\"2026-11-21T22:00:00.000Z\",\"secret_available\":false}"),
        arguments(MemberAnswer.class, MEMBER),
        arguments(
            RemovedMember.class,
            "{\"member\":" + MEMBER + ",\"keys\":[\"k\"],\"more_keys\":false}"),
        arguments(
            NewInvitationAnswer.class,
            "{\"invitation\":"
                + INVITATION
                + ",\"code\":\"code\",\"link\":\"https://b/join#code\",\"message\":\"m\"}"),
        arguments(
            NewInvitationAnswer.class,
            "{\"invitation\":" + INVITATION + ",\"secret_available\":false}"),
        arguments(
            MfaAnswer.class,
            "{\"required_from\":null,\"locked_out_from\":\"2026-11-28T22:00:00.000Z\",\"locked_out\":["
                + MEMBER
                + "],\"more\":false,\"enrol_first\":[]}"),
        arguments(
            SetupAnswer.class,
            "{\"organization\":" + ORGANIZATION + ",\"key\":{" + KEY + "},\"token\":\"t\"}"),
        arguments(
            WhoamiAnswer.class,
            "{\"key\":{"
                + KEY
                + "},\"organization\":{\"id\":\"0rgAn1sat10n\",\"slug\":\"acme\",\"name\":\"Acme\"},\"as_of\":\"e.7\"}"),
        arguments(
            ApiAnswer.class,
            "{\"id\":\"appsec\",\"name\":\"AppSec\",\"prefix\":\"nex\",\"key_header\":\"X-App-Key\",\"built_in\":false,\"catalog_version\":null,\"created_at\":\"2026-11-21T22:00:00.000Z\"}"),
        arguments(
            CatalogAnswer.class,
            "{\"catalog\":1,\"api\":\"appsec\",\"name\":\"AppSec\",\"prefix\":\"nex\",\"version\":1,\"scopes\":[{\"scope\":\"bot\",\"category\":\"Bots\","
                + "\"access\":\"write\",\"description\":\"d\",\"included\":false,\"implies\":[\"a:b\"],\"retired\":false}],\"templates\":[{\"name\":\"t\",\"description\":\"d\",\"scopes\":[\"bot\"]}]}"),
        arguments(CatalogChange.class, CHANGE),
        arguments(VerifyAnswer.class, VERIFIED),
        arguments(
            BatchAnswer.class,
            "{\"results\":[" + VERIFIED + ",{\"problem\":" + PROBLEM + "}],\"as_of\":\"e.7\"}"),
        arguments(Problem.class, PROBLEM),
        arguments(
            AuditEventAnswer.class,
            "{\"id\":\"Ev3nt0000001\",\"number\":1,\"at\":\"2026-11-21T22:00:00.000Z\",\"action\":\"key.created\",\"actor\":{\"kind\":\"setup\",\"id\":\"s\"},"
                + "\"target\":{\"kind\":\"key\",\"id\":\"k\"},\"source\":null,\"request_id\":\"r\",\"changes\":[{\"name\":\"name\",\"before\":null,\"after\":\"ci\"}],"
                + "\"previous_hash\":\"00\",\"hash\":\"11\"}"),
        arguments(ReachForm.class, "\"everything\""),
        arguments(
            ReachForm.class,
            "{\"issue\":[{\"api\":\"appsec\",\"scopes\":[\"bot\"]},{\"api\":\"personnel\",\"all_scopes\":true}],\"verify\":[\"appsec\"]}"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void write_ofWhatWasRead_isTheSameBytes(Class<?> type, String json) {
    assertThat(Json.write(Json.read(json.getBytes(UTF_8), type))).asString().isEqualTo(json);
  }

  @Test
  void readPage_twoKeys_hasThemAndTheCursor() {
    Page<KeyAnswer> page =
        Json.readPage(
            ("{\"items\":[{" + KEY + "},{" + KEY + "}],\"next_cursor\":\"c\"}").getBytes(UTF_8),
            KeyAnswer.class);

    assertThat(page.items()).hasSize(2).allSatisfy(key -> assertThat(key.name()).isEqualTo("ci"));
    assertThat(page.nextCursor()).isEqualTo("c");
    assertThat(Json.write(new Page<>(List.of(), null)))
        .asString()
        .isEqualTo("{\"items\":[],\"next_cursor\":null}");
  }

  @Test
  void read_unknownMember_isIgnored() {
    String newer =
        "{\"setup_code\":\"code\",\"setup_code_expires_at\":\"2026-11-21T22:00:00Z\",\"of_a_newer_server\":{\"a\":[1]}}";

    assertThat(Json.read(newer.getBytes(UTF_8), SetupCodeAnswer.class).setupCodeExpiresAt())
        .isEqualTo("2026-11-21T22:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "hunter2",
        "[\"hunter2\"]",
        "{\"setup_code\":\"hunter2\"",
        "{\"setup_code_expires_at\":\"hunter2\"}",
        "{} hunter2"
      })
  void read_nonsense_failsWithoutQuotingIt(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.read(text.getBytes(UTF_8), SetupCodeAnswer.class))
        .satisfies(e -> assertThat(e.toString()).doesNotContain("hunter2"))
        .withNoCause();
  }

  @Test
  void toString_ofWhatHoldsASecret_hidesIt() {
    CreatedKey created =
        Json.read(("{" + KEY + ",\"token\":\"nex_hunter2\"}").getBytes(UTF_8), CreatedKey.class);

    assertThat(created).asString().doesNotContain("hunter2");
    assertThat(created.token().reveal()).isEqualTo("nex_hunter2");
  }

  @Test
  void read_answerGivenAgain_hasNoSecret() {
    CreatedKey again =
        Json.read(("{" + KEY + ",\"secret_available\":false}").getBytes(UTF_8), CreatedKey.class);

    assertThat(again.token().isWithheld()).isTrue();
    assertThat(again.token()).hasToString("(withheld)");
    assertThatIllegalStateException().isThrownBy(() -> again.token().reveal());
    assertThat(SecretText.of("").isWithheld()).isFalse();
  }

  @Test
  void write_newKey_tellsNeverFromAbsent() {
    NewKey byDefault = new NewKey("appsec", "ci", null, List.of("bot"), null, null, null);
    NewKey never =
        new NewKey(
            "appsec", "ci", null, null, true, NewKey.Expiry.NEVER, new ReachForm.Everything());
    NewKey at = new NewKey("appsec", "ci", "p", null, true, new NewKey.Expiry(Instant.EPOCH), null);

    assertThat(Json.write(byDefault))
        .asString()
        .isEqualTo("{\"api\":\"appsec\",\"name\":\"ci\",\"scopes\":[\"bot\"]}");
    assertThat(Json.write(never))
        .asString()
        .isEqualTo(
            "{\"api\":\"appsec\",\"name\":\"ci\",\"all_scopes\":true,\"expires_at\":null,\"reach\":\"everything\"}");
    assertThat(Json.write(at))
        .asString()
        .isEqualTo(
            "{\"api\":\"appsec\",\"name\":\"ci\",\"purpose\":\"p\",\"all_scopes\":true,\"expires_at\":\"1970-01-01T00:00:00.000Z\"}");
  }

  @Test
  void write_check_leavesOutWhatIsNotAsked() {
    Check check =
        new Check(
            SecretText.of("t"),
            "appsec",
            List.of("bot"),
            null,
            null,
            null,
            new Check.Source("10.0.0.1"));

    assertThat(Json.write(check))
        .asString()
        .isEqualTo(
            "{\"token\":\"t\",\"api\":\"appsec\",\"required_scopes\":[\"bot\"],\"source\":{\"ip\":\"10.0.0.1\"}}");
  }
}
