package io.bitting.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.server.TestServer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the token of a page that reveals one. */
final class RevealedToken {
  private static final Pattern FIELD =
      Pattern.compile("<input[^>]* id=\"token\" value=\"([^\"]+)\"[^>]*>");

  private RevealedToken() {}

  /** Returns the token, which is in nothing of the answer but its body. */
  static String of(TestServer.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    Matcher matcher = FIELD.matcher(reply.text());
    assertThat(matcher.find()).as(reply.text()).isTrue();
    String token = matcher.group(1);
    assertThat(reply.response().headers().map().toString()).doesNotContain(token);
    assertThat(reply.header("Cache-Control")).contains("no-store");
    assertThat(reply.header("Location")).isEmpty();
    assertThat(reply.text()).doesNotContain("<title>" + token);
    return token;
  }

  /** Looks for a token on the pages on which it could be. */
  static void assertNowhereElse(String token, SignedIn owner, String key) {
    for (String path :
        List.of("/keys", "/keys/" + key, "/keys/" + key + "/rotate", "/keys/" + key + "/revoke")) {
      TestServer.Reply reply = owner.get(path);
      assertThat(reply.text() + reply.response().headers().map())
          .doesNotContain(token)
          .doesNotContain(token.substring(token.length() - 20));
    }
    assertThat(owner.tenant().everything()).doesNotContain(token);
  }
}
