package io.bitting.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.organization.Role;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import org.junit.jupiter.api.Test;

/** Catalogs, operations, and who may call one. */
final class CatalogPagesTest {
  private final TestServer server = TestServer.shared();
  private final Tenant tenant = server.tenant();
  private final String api = server.api();

  private void operations() {
    String document =
        """
        openapi: 3.1.0
        info: {title: Shop, version: '1'}
        components:
          securitySchemes:
            key: {type: http, scheme: bearer}
        paths:
          /orders:
            get: {summary: '<i>List</i>', security: [{key: ['orders:read']}], responses: {'200': {description: ok}}}
            post: {security: [{key: ['orders:write', bot]}], responses: {'200': {description: ok}}}
          /about:
            get: {security: [{}], responses: {'200': {description: ok}}}
        """;
    TestServer.Reply proposed =
        server.send(
            "PUT",
            server.ownerToken(),
            "/v1/apis/" + api + "/operations?dry_run=true",
            "application/yaml",
            document);
    String confirmation = proposed.ok().json().path("confirmation").asText("");
    server
        .send(
            "PUT",
            server.ownerToken(),
            "/v1/apis/" + api + "/operations?confirm=" + confirmation,
            "application/yaml",
            document)
        .ok();
  }

  private String operation(SignedIn by, String method, String path) {
    return by.page("/catalog/" + api + "/operation?method=" + method + "&path=" + path);
  }

  @Test
  void catalog_leadsToOneOfAnApi() {
    TestServer.Reply reply = SignedIn.as(tenant, Role.MEMBER).get("/catalog");
    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("Location")).startsWith("/catalog/").isNotEqualTo("/catalog/bitting");
  }

  @Test
  void catalog_showsScopes_withOperationsThatNeedThem() {
    operations();
    String page = SignedIn.as(tenant, Role.AUDITOR).page("/catalog/" + api);
    assertThat(page)
        .contains("orders:refund")
        .contains("Pays back.")
        .contains("covers orders:read too")
        .contains("/catalog/" + api + "/operations?scope=orders%3Awrite")
        .contains("/keys?scope=orders%3Aread");
  }

  @Test
  void catalog_unknown_isNotFound() {
    SignedIn member = SignedIn.as(tenant, Role.MEMBER);
    for (String path : new String[] {"", "/operations", "/import", "/operation?method=GET"}) {
      assertThat(member.get("/catalog/no-such-api" + path).status()).as(path).isEqualTo(404);
    }
  }

  @Test
  void operations_byScope_areThoseThatNeedIt() {
    operations();
    SignedIn member = SignedIn.as(tenant, Role.MEMBER);
    assertThat(member.page("/catalog/" + api + "/operations"))
        .contains("&lt;i&gt;List&lt;/i&gt;")
        .contains("/about")
        .contains("no key");
    assertThat(member.page("/catalog/" + api + "/operations?scope=bot"))
        .contains("1 operation")
        .doesNotContain("/about");
    assertThat(member.page("/catalog/" + api + "/operations?scope=orders:refund"))
        .contains("No operation needs it");
  }

  @Test
  void operation_namesTheKeysThatMayCallIt_andNoOther() {
    operations();
    Tenant.Made reads = tenant.key(api, "orders:read");
    Tenant.Made writes = tenant.key(api, "orders:write");
    Tenant.Made both = tenant.key(api, "orders:write", "bot");
    Tenant.Made all = tenant.keyOfAll(api);
    Tenant.Made revoked = tenant.key(api, "orders:read");
    tenant.change(revoked, "revoke").ok();
    Tenant.Made foreign = server.tenant().key(api, "orders:read");
    SignedIn auditor = SignedIn.as(tenant, Role.AUDITOR);
    assertThat(operation(auditor, "GET", "/orders"))
        .contains(reads.id(), writes.id(), both.id(), all.id())
        .doesNotContain(revoked.id())
        .doesNotContain(foreign.id());
    assertThat(operation(auditor, "POST", "/orders"))
        .contains(both.id(), all.id())
        .doesNotContain(reads.id())
        .doesNotContain("/keys/" + writes.id());
    assertThat(operation(auditor, "GET", "/about")).contains("everybody may call it");
  }

  @Test
  void operation_unknown_isNotFound() {
    operations();
    SignedIn member = SignedIn.as(tenant, Role.MEMBER);
    assertThat(member.get("/catalog/" + api + "/operation?method=DELETE&path=/orders").status())
        .isEqualTo(404);
  }
}
