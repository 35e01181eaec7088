package io.bitting.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.organization.Role;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Importing operations and a catalog: first the difference, then the change. */
final class ImportPageTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.0
      info: {title: Shop, version: '1'}
      components:
        securitySchemes:
          key: {type: http, scheme: bearer}
      paths:
        /orders:
          get: {security: [{key: ['orders:read']}], responses: {'200': {description: ok}}}
        /about:
          get: {security: [{}], responses: {'200': {description: ok}}}
      """;

  private final TestServer server = TestServer.shared();
  private final String api = server.api();
  private final SignedIn operator = SignedIn.as(server.operator(), Role.ADMIN);

  private TestServer.Reply upload(SignedIn by, String kind, String document) {
    return upload(by, FormToken.of(by.cookie()), kind, document);
  }

  private TestServer.Reply upload(SignedIn by, String token, String kind, String document) {
    String body =
        part("form_token", "", token)
            + part("kind", "", kind)
            + part("document", "; filename=\"openapi.yaml\"", document)
            + "--b0undary--\r\n";
    return send(by, "multipart/form-data; boundary=b0undary", body);
  }

  private static String part(String name, String rest, String value) {
    return "--b0undary\r\nContent-Disposition: form-data; name=\""
        + name
        + "\""
        + rest
        + "\r\n\r\n"
        + value
        + "\r\n";
  }

  private TestServer.Reply send(SignedIn by, String type, String body) {
    return server.browse(
        by.request("/catalog/" + api + "/import")
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .build());
  }

  private String version() {
    return server
        .get(server.ownerToken(), "/v1/apis/" + api + "/catalog")
        .ok()
        .json()
        .path("version")
        .asText();
  }

  private static String field(String page, String name) {
    Matcher field = Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page);
    assertThat(field.find()).as(name + " in " + page).isTrue();
    return field.group(1);
  }

  @Test
  void operations_areShownFirst_andAppliedWhenConfirmed() {
    TestServer.Reply shown = upload(operator, "operations", DOCUMENT);
    assertThat(shown.status()).as(shown.text()).isEqualTo(200);
    assertThat(shown.text())
        .contains("Nothing is changed yet")
        .contains("open 1 operation to everybody")
        .contains("GET /orders");
    assertThat(operator.page("/catalog/" + api + "/operations")).contains("No operations yet");

    String upload = field(shown.text(), "upload");
    TestServer.Reply unconfirmed =
        operator.post("/catalog/" + api + "/import", "kind", "operations", "upload", upload);
    assertThat(unconfirmed.status()).isEqualTo(422);
    assertThat(unconfirmed.text()).contains("would ask for no key");

    TestServer.Reply applied =
        operator.post(
            "/catalog/" + api + "/import",
            "kind",
            "operations",
            "upload",
            upload,
            "confirm",
            field(shown.text(), "confirm"));
    assertThat(applied.status()).as(applied.text()).isEqualTo(303);
    assertThat(operator.page("/catalog/" + api + "/operations")).contains("/about");
  }

  @Test
  void catalog_isShownFirst_andApplied() {
    String before = version();
    TestServer.Reply shown = upload(operator, "catalog", catalog());
    assertThat(shown.status()).as(shown.text()).isEqualTo(200);
    assertThat(shown.text()).contains("orders:track").contains("Nothing is changed yet");
    assertThat(version()).isEqualTo(before);
    TestServer.Reply applied =
        operator.post(
            "/catalog/" + api + "/import",
            "kind",
            "catalog",
            "upload",
            field(shown.text(), "upload"));
    assertThat(applied.status()).as(applied.text()).isEqualTo(303);
    assertThat(operator.page("/catalog/" + api)).contains("orders:track");
  }

  /** What keys hold does not vanish because a document forgot it. */
  @Test
  void catalog_thatForgetsScopes_isRefused() {
    String before = version();
    TestServer.Reply shown =
        upload(operator, "catalog", catalog().replaceAll("(?m)^.*orders:refund.*\\n", ""));
    assertThat(shown.status()).isEqualTo(422);
    assertThat(shown.text()).contains("orders:refund");
    assertThat(version()).isEqualTo(before);
  }

  /** The catalog of {@link TestServer#api} with one scope more. */
  private String catalog() {
    return """
    catalog: 1
    api: %s
    name: Shop
    prefix: %s
    scopes:
      - {scope: orders:read, category: Orders, access: read, description: Shows orders.}
      - {scope: orders:track, category: Orders, access: read, description: Follows orders.}
      - {scope: orders:write, category: Orders, access: write, description: Places orders., implies: [orders:read]}
      - {scope: orders:refund, category: Orders, access: danger, description: Pays back.}
      - {scope: orders:export, category: Orders, access: read, description: Was of use once., retired: true}
      - {scope: bot, category: Orders, access: write, description: Talks.}
      - {include: org:read, category: Organization}
      - {include: org:write, category: Organization}
      - {include: keys:read, category: Organization}
      - {include: keys:issue, category: Organization}
    """
        .formatted(api, TestServer.prefix(api));
  }

  @Test
  void document_thatCannotBeRead_isSaidInTheForm() {
    TestServer.Reply broken = upload(operator, "operations", "<b>not</b> OpenAPI");
    assertThat(broken.status()).isEqualTo(422);
    assertThat(broken.text()).contains("name=\"document\"").doesNotContain("<b>not</b>");
    TestServer.Reply none = upload(operator, "operations", "");
    assertThat(none.status()).isEqualTo(422);
    assertThat(none.text()).contains("no document was chosen");
  }

  @Test
  void upload_withoutToken_isRefused() {
    assertThat(upload(operator, "", "operations", DOCUMENT).status()).isEqualTo(403);
    assertThat(upload(operator, "x".repeat(43), "operations", DOCUMENT).status()).isEqualTo(403);
  }

  @Test
  void upload_byWhoRunsNoInstallation_isRefused() {
    Tenant tenant = server.tenant();
    for (Role role : Role.values()) {
      TestServer.Reply reply = upload(SignedIn.as(tenant, role), "operations", DOCUMENT);
      assertThat(reply.status()).as(role.code()).isEqualTo(403);
      assertThat(reply.text()).contains("apis:manage");
    }
  }

  @Test
  void form_thatIsNoMultipart_isRefused() {
    for (String body : new String[] {"", "--b0undary", "--b0undary\r\n\r\n", "x".repeat(5000)}) {
      TestServer.Reply reply = send(operator, "multipart/form-data; boundary=b0undary", body);
      assertThat(reply.status()).as(body).isIn(400, 403);
    }
    assertThat(send(operator, "multipart/form-data", "x").status()).isIn(400, 403);
  }

  /** What was uploaded comes back from the browser, which may have made it up. */
  @Test
  void upload_thatIsNone_orABomb_isRefused() {
    String bomb = Upload.pack(new byte[9 << 20]);
    for (String wrong : new String[] {"x", "H4sI", "////", bomb}) {
      TestServer.Reply reply =
          operator.post("/catalog/" + api + "/import", "kind", "operations", "upload", wrong);
      assertThat(reply.status()).isEqualTo(400);
    }
  }

  /** A catalog is at most 1 MiB over REST, so it is here. */
  @Test
  void catalog_thatIsTooLong_isRefused() {
    TestServer.Reply reply = upload(operator, "catalog", "#".repeat((1 << 20) + 1));
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("1048576");
  }
}
