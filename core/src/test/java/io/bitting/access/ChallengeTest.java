package io.bitting.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.id.ApiId;
import io.bitting.scope.Scope;
import io.bitting.store.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Row R2: every challenge is one of the scheme Bearer as RFC 6750, section 3, has it. */
final class ChallengeTest {
  private static final Guard GUARD =
      new Guard(
          request -> {
            throw new AssertionError("not to be asked");
          },
          new ApiId("appsec"));

  /** RFC 9110, section 11.2: a token, an equals sign and a quoted string without escapes. */
  private static final Pattern PARAMETER =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+)=\"([ !#-\\[\\]-~]*)\"");

  @ParameterizedTest
  @EnumSource(DenialReason.class)
  void challenge_everyReason_isOfBearerWithEachParameterOnce(DenialReason reason) {
    TreeSet<Scope> scopes = new TreeSet<>(List.of(new Scope("a:b"), new Scope("c")));
    Refusal refusal =
        GUARD.refusal(
            new Decision.Denied(
                reason, null, scopes, scopes, Position.parse("Nf3kQ8rTz1Wc.1").orElseThrow()),
            "GET /x");
    Optional<Map<String, String>> parameters = refusal.challenge().map(ChallengeTest::parse);
    assertThat(parameters.isPresent() || refusal.status() != 401).as("every 401 has one").isTrue();
    parameters.ifPresent(found -> {
      assertThat(found).containsEntry("realm", "appsec");
      assertThat(List.of("realm", "error", "scope")).containsAll(found.keySet());
      if (found.containsKey("scope")) {
        assertThat(found).containsEntry("scope", "a:b c");
      }
    });
  }

  private static Map<String, String> parse(String challenge) {
    assertThat(challenge).startsWith("Bearer ");
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String part : challenge.substring("Bearer ".length()).split(", ", -1)) {
      Matcher parameter = PARAMETER.matcher(part);
      assertThat(parameter.matches()).as(part).isTrue();
      assertThat(parameters.put(parameter.group(1), parameter.group(2))).as(part).isNull();
    }
    assertThat(parameters).isNotEmpty();
    return parameters;
  }
}
