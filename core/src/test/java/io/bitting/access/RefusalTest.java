package io.bitting.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bitting.id.KeyId;
import io.bitting.scope.Scope;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Problems as JSON (RFC 9457): whatever a text holds, it stays a text. */
final class RefusalTest {

  @Test
  void toJson_withoutScopes_hasExactlyTheseMembers() {
    assertThat(refusal("No credential", "Send one.").toJson("https://b.example", "req-1"))
        .isEqualTo(
            "{\"type\":\"https://b.example/errors/credential_missing\",\"title\":\"No credential\","
                + "\"status\":401,\"code\":\"credential_missing\",\"detail\":\"Send one.\","
                + "\"request_id\":\"req-1\"}");
  }

  @Property
  void toJson_anyText_isReadBackAsItWas(@ForAll String detail, @ForAll String requestId)
      throws Exception {
    String json = refusal("t", detail).toJson("b", requestId);
    JsonNode read = new ObjectMapper().readTree(json);
    assertThat(read.get("detail").textValue()).isEqualTo(detail);
    assertThat(read.get("request_id").textValue()).isEqualTo(requestId);
    assertThat(read).hasSize(6);
  }

  /** Row X6 of the threats: one line, no control characters, nothing that UTF-8 does not have. */
  @Test
  void toJson_everyUtf16Unit_isOneLineThatPrints() throws Exception {
    for (int unit = 0; unit <= 0xffff; unit++) {
      String text = "a" + (char) unit + "b";
      String json = refusal("t", text).toJson("b", "r");
      if (!json.chars().allMatch(RefusalTest::prints)) {
        throw new AssertionError(String.format(Locale.ROOT, "U+%04X is not escaped", unit));
      }
      assertThat(new ObjectMapper().readTree(json).get("detail").textValue()).isEqualTo(text);
    }
  }

  private static boolean prints(int unit) {
    return unit >= 0x20
        && (unit < 0x7f || unit > 0x9f)
        && unit != 0x2028
        && unit != 0x2029
        && !Character.isSurrogate((char) unit);
  }

  @Test
  void toJson_scopes_areListedInOrder() {
    Refusal refusal =
        new Refusal(
            403,
            "insufficient_scope",
            "t",
            "d",
            Optional.empty(),
            new TreeSet<>(Set.of(new Scope("b"), new Scope("a"))),
            new TreeSet<>(Set.of(new Scope("b"))));
    assertThat(refusal.toJson("x", "r"))
        .contains("\"required_scopes\":[\"a\",\"b\"],\"missing_scopes\":[\"b\"]");
  }

  @Test
  void toJson_withAConsole_leadsToWhereAPersonCanMendIt() {
    KeyId key = KeyId.parse("4fT9xQ2mZp7B").orElseThrow();
    Refusal refusal =
        new Refusal(
            403,
            "insufficient_scope",
            "t",
            "d",
            Optional.empty(),
            new TreeSet<>(Set.of(new Scope("a:b"), new Scope("c&d,e"))),
            new TreeSet<>(Set.of(new Scope("a:b"), new Scope("c&d,e"))),
            Optional.of(key));

    assertThat(refusal.toJson("x", "r", Optional.of("https://b.example")))
        .contains(
            "\"fix\":\"https://b.example/keys/new?replaces=4fT9xQ2mZp7B&add=a:b+c%26d%2Ce\"");
    assertThat(refusal.toJson("x", "r")).doesNotContain("fix");
    assertThat(refusal("t", "d").toJson("x", "r", Optional.of("y"))).doesNotContain("fix");
  }

  private static Refusal refusal(String title, String detail) {
    return new Refusal(
        401,
        "credential_missing",
        title,
        detail,
        Optional.empty(),
        new TreeSet<>(),
        new TreeSet<>());
  }
}
