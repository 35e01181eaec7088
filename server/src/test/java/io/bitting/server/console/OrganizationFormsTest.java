package io.bitting.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.organization.Role;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.net.http.HttpRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** X2: a form that is not from us changes nothing, whoever is signed in. */
final class OrganizationFormsTest {
  private static final String FIELDS =
      "act=save&role=owner&mail=a%40example.com&name=x&keys=revoke&verdict=revoke&grace=now";

  private final TestServer server = TestServer.shared();
  private final Tenant tenant = server.tenant();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/review/decisions",
        "/catalog/bitting/import",
        "/audit/verify",
        "/members/invitations",
        "/members/invitations/000000000000/withdraw",
        "/members/{self}/role",
        "/members/{self}/remove",
        "/settings/name",
        "/settings/second-factor",
        "/settings/policies"
      })
  void form_withoutItsToken_orFromElsewhere_changesNothing(String template) {
    SignedIn owner = SignedIn.as(tenant, Role.OWNER);
    String path = template.replace("{self}", owner.member().id().text());
    String foreign = FormToken.of(SignedIn.as(tenant, Role.OWNER).cookie());
    String before = tenant.everything();
    for (String token :
        new String[] {"", "form_token=&", "form_token=x&", "form_token=" + foreign + "&"}) {
      TestServer.Reply reply = owner.postRaw(path, token + FIELDS);
      assertThat(reply.status()).as(token + reply.text()).isEqualTo(403);
      assertThat(reply.text()).contains("nothing was changed");
    }
    String right = "form_token=" + FormToken.of(owner.cookie()) + "&" + FIELDS;
    TestServer.Reply elsewhere =
        server.browse(
            owner
                .request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "https://evil.example")
                .POST(HttpRequest.BodyPublishers.ofString(right))
                .build());
    assertThat(elsewhere.status()).isEqualTo(403);
    assertThat(tenant.everything()).isEqualTo(before);
  }
}
