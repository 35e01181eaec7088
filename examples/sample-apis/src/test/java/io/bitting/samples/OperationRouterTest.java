package io.bitting.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.access.LocalAuthorizer;
import io.bitting.access.OperationGuard;
import io.bitting.id.ApiId;
import io.bitting.operation.Operation;
import io.bitting.operation.Operations;
import io.bitting.operation.PathTemplate;
import io.bitting.samples.OperationRouter.Served;
import io.bitting.samples.SampleServer.Reply;
import io.bitting.scope.Requirement;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operations that Bitting knows before code that answers some of them. */
final class OperationRouterTest {
  private static final Requirement READ = Requirement.allOf("scans:read");

  private final List<String> reached = new ArrayList<>();
  private final KeyRing ring = new KeyRing();
  private final ApiId appsec = ring.api("nex", ShippedCatalog.appsec());
  private final KeyRing.Held held =
      ring.specific(ring.organization("acme", false), appsec, "scans:read");
  private SampleServer server;

  @BeforeEach
  void start() {
    ring.operations(
        new Operations(
            appsec,
            1,
            false,
            List.of(
                operation("GET", "/scans/{scan}/issues/{issue}", READ),
                operation("POST", "/scans/{scan}", READ),
                operation("DELETE", "/scans/{scan}", Requirement.allOf("scans:delete")),
                operation("GET", "/planned", READ),
                operation("GET", "/open", new Requirement.Anonymous()),
                operation("GET", "/careless", new Requirement.Anonymous()))));
    LocalAuthorizer authorizer = ring.start();
    server = new SampleServer(1, vertx -> router(vertx, authorizer));
  }

  @AfterEach
  void close() {
    server.close();
    ring.close();
  }

  private static Operation operation(String method, String path, Requirement requirement) {
    PathTemplate template = PathTemplate.of(SampleServer.MOUNT + path);
    return new Operation(method, template, requirement, "", "", "");
  }

  private Router router(Vertx vertx, LocalAuthorizer authorizer) {
    Served<String> served =
        new Served<>(
            new TreeSet<>(List.of("deep")),
            (organization, call) -> {
              reached.add(organization + " " + call.path() + call.query());
              return Answer.found(Map.of("done", true));
            });
    return new OperationRouter<>(
            vertx,
            new VertxOperationGuard(new OperationGuard(authorizer, appsec), SampleServer.BASE),
            Map.of(
                "GET /scans/{scan}/issues/{issue}", served,
                "POST /scans/{scan}", served,
                "DELETE /scans/{scan}", served,
                "GET /careless", served),
            Map.of("GET /open", Answer.found(Map.of("open", true))),
            organization -> organization.text())
        .router();
  }

  @Test
  void serve_admitted_reachesTheActionWithTheOrganizationAndTheParameters() {
    assertThat(server.get("/scans/7/issues/a.b?deep=1", held.token()).status()).isEqualTo(200);
    assertThat(reached).containsExactly(held.organization() + " {issue=a.b, scan=7}{deep=1}");
  }

  @Test
  void serve_refused_reachesNothing() {
    Reply lacking = server.send("DELETE", "/scans/7", held.token(), "");
    assertThat(lacking.code()).isEqualTo("insufficient_scope");
    assertThat(server.send("DELETE", "/scans/7", "", "").code()).isEqualTo("credential_missing");
    assertThat(server.get("/elsewhere", held.token()).code()).isEqualTo("requirement_unknown");
    assertThat(reached).isEmpty();
  }

  @Test
  void serve_requestThatIsWrong_reachesNothing() {
    assertThat(server.get("/scans/7/issues/1?wide=1", held.token()).code())
        .isEqualTo("query_invalid");
    assertThat(server.send("POST", "/scans/7", held.token(), "{").code())
        .isEqualTo("request_malformed");
    assertThat(
            server
                .send(
                    server
                        .request("/scans/7", held.token())
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("{}"))
                        .build())
                .code())
        .isEqualTo("media_type_unsupported");
    assertThat(reached).isEmpty();
  }

  /** Bitting knows it and the API does not, or not yet. */
  @Test
  void serve_operationWithoutCode_isNotFound() {
    assertThat(server.get("/planned", held.token()).code()).isEqualTo("not_found");
  }

  /** Whatever was uploaded, nobody's data is shown to nobody. */
  @Test
  void serve_withoutAKey_givesFixedAnswersOnly() {
    assertThat(server.get("/open", "").text()).isEqualTo("{\"open\":true}");
    assertThat(server.get("/open", held.token()).text()).isEqualTo("{\"open\":true}");
    assertThat(server.get("/careless", "").code()).isEqualTo("not_found");
    assertThat(server.get("/careless", held.token()).code()).isEqualTo("not_found");
    assertThat(reached).isEmpty();
  }
}
