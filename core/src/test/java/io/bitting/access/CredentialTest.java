package io.bitting.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.access.Credential.Ambiguous;
import io.bitting.access.Credential.Missing;
import io.bitting.access.Credential.Presented;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows R8 and R9 of the standards: RFC 6750, sections 2.1 and 2.3. */
final class CredentialTest {
  private static final String TOKEN = "nex_4fT9xQ2mZp7Bk3Vd8RzLq0WnYt5HbJ7cXs2MfGa9PeUy1ms6tI";

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer ", "bearer ", "BEARER ", "bEaReR ", "Bearer   ", "Api-Key ", "api-key "})
  void of_aSchemeOfOurs_isTheToken(String scheme) {
    assertThat(authorization(scheme + TOKEN)).isEqualTo(new Presented(TOKEN));
    assertThat(authorization(scheme + TOKEN + " ")).isEqualTo(new Presented(TOKEN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic dXNlcjpwYXNz",
        "Digest username=\"a\"",
        "Bearers x",
        "Token x",
        "Bearer\tx",
        "ApiKey x",
        "Bearer:x",
        " Bearer x"
      })
  void of_anotherScheme_isMissing(String header) {
    assertThat(authorization(header)).isEqualTo(new Missing());
  }

  @Test
  void of_nothing_isMissing() {
    assertThat(Credential.of(List.of(), List.of(), List.of())).isEqualTo(new Missing());
    assertThat(Credential.of(List.of(), List.of(), List.of("page", "q"))).isEqualTo(new Missing());
    assertThat(apiKey("")).isEqualTo(new Missing());
    assertThat(apiKey("  ")).isEqualTo(new Missing());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer a b",
        "Bearer a,b",
        "Bearer \"a\"",
        "Bearer é",
        "Bearer a\tb",
        "Bearer a%20b",
        "Bearer a\u0000b",
        "Bearer <token>",
        "Bearer token=abc, x",
        "Api-Key",
        "Api-Key a b"
      })
  void of_ourSchemeWithoutOneToken_isAmbiguousAndDoesNotRepeatIt(String header) {
    Credential credential = authorization(header);
    assertThat(credential).isInstanceOf(Ambiguous.class);
    assertThat(((Ambiguous) credential).why())
        .isEqualTo("the Authorization header is not a scheme, one blank and one token");
  }

  @Test
  void of_xApiKey_isTheToken() {
    assertThat(apiKey(TOKEN)).isEqualTo(new Presented(TOKEN));
  }

  /** Row A3 of the threats: two headers, of which one could be checked and the other be used. */
  @Test
  void of_severalCredentials_isAmbiguous() {
    for (Credential credential :
        List.of(
            Credential.of(List.of("Bearer " + TOKEN, "Bearer " + TOKEN), List.of(), List.of()),
            Credential.of(List.of("Bearer " + TOKEN), List.of(TOKEN), List.of()),
            Credential.of(List.of("Basic eA=="), List.of(TOKEN), List.of()),
            Credential.of(List.of(""), List.of(TOKEN), List.of()),
            Credential.of(List.of(), List.of(TOKEN, TOKEN), List.of()),
            Credential.of(List.of(), List.of(TOKEN, ""), List.of()))) {
      assertThat(credential).isInstanceOf(Ambiguous.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"access_token", "ACCESS_TOKEN", "api_key", "apikey", "apiKey", "Api_Key", "token"})
  void of_aKeyInTheQuery_isAmbiguousWhateverElse(String name) {
    for (Credential credential :
        List.of(
            Credential.of(List.of(), List.of(), List.of("page", name)),
            Credential.of(List.of("Bearer " + TOKEN), List.of(), List.of(name)),
            Credential.of(List.of(), List.of(TOKEN), List.of(name, "page")))) {
      assertThat(credential).isInstanceOf(Ambiguous.class);
      assertThat(((Ambiguous) credential).why()).contains("counts as exposed");
    }
  }

  @Test
  void of_inATurkishJava_isTheSame() {
    java.util.Locale before = java.util.Locale.getDefault();
    try {
      java.util.Locale.setDefault(java.util.Locale.forLanguageTag("tr"));
      assertThat(authorization("API-KEY " + TOKEN)).isEqualTo(new Presented(TOKEN));
      assertThat(Credential.of(List.of(), List.of(), List.of("API_KEY")))
          .isInstanceOf(Ambiguous.class);
    } finally {
      java.util.Locale.setDefault(before);
    }
  }

  private static Credential authorization(String header) {
    return Credential.of(List.of(header), List.of(), List.of());
  }

  private static Credential apiKey(String header) {
    return Credential.of(List.of(), List.of(header), List.of());
  }
}
