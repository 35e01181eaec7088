package io.bitting.samples;

import static io.bitting.scope.Requirement.allOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.access.Authorizer;
import io.bitting.access.Guard;
import io.bitting.access.VerificationUnavailableException;
import io.bitting.id.ApiId;
import io.bitting.id.OrganizationId;
import io.bitting.samples.SampleServer.Reply;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The guard alone, as an application of somebody else would use it: a router, a route, a handler.
 */
final class VertxGuardTest {
  private final List<String> reached = new ArrayList<>();
  private KeyRing ring;
  private ApiId appsec;
  private KeyRing.Held held;

  @BeforeEach
  void fill() {
    ring = new KeyRing();
    appsec = ring.api("nex", ShippedCatalog.appsec());
    OrganizationId acme = ring.organization("acme", false);
    held = ring.specific(acme, appsec, "scans:delete");
  }

  @AfterEach
  void close() {
    ring.close();
  }

  private SampleServer server(Authorizer authorizer) {
    return new SampleServer(1, vertx -> application(vertx, authorizer));
  }

  private Router application(Vertx vertx, Authorizer authorizer) {
    VertxGuard guard = new VertxGuard(new Guard(authorizer, appsec), SampleServer.BASE);
    Router router = Router.router(vertx);
    router.route().failureHandler(context -> context.response().setStatusCode(500).end());
    router
        .delete("/scans/:id")
        .handler(guard.requiring(allOf("scans:delete"), "DELETE /scans/{id}"))
        .handler(BodyHandler.create(false))
        .handler(context -> {
          reached.add(VertxGuard.key(context).id().text());
          context.response().setStatusCode(204).end();
        });
    return router;
  }

  @Test
  void requiring_keyWithTheScope_reachesTheHandlerWithTheKey() {
    try (SampleServer server = server(ring.start())) {
      assertThat(server.send("DELETE", "/scans/1", held.token(), "").status()).isEqualTo(204);
      assertThat(reached).containsExactly(held.id().text());
    }
  }

  @Test
  void requiring_keyInXApiKey_reachesTheHandler() {
    try (SampleServer server = server(ring.start())) {
      Reply reply =
          server.send(
              server.request("/scans/1", "").header("X-API-Key", held.token()).DELETE().build());
      assertThat(reply.status()).isEqualTo(204);
    }
  }

  @Test
  void requiring_noKey_isChallenged() {
    try (SampleServer server = server(ring.start())) {
      Reply reply = server.send("DELETE", "/scans/1", "", "");
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.header("WWW-Authenticate")).contains("Bearer realm=\"appsec\"");
      assertThat(reply.code()).isEqualTo("credential_missing");
      assertThat(reached).isEmpty();
    }
  }

  @Test
  void requiring_severalCredentials_isMalformed() {
    try (SampleServer server = server(ring.start())) {
      Reply both =
          server.send(
              server
                  .request("/scans/1", held.token())
                  .header("X-API-Key", held.token())
                  .DELETE()
                  .build());
      Reply twice =
          server.send(
              server
                  .request("/scans/1", held.token())
                  .header("Authorization", "Bearer " + held.token())
                  .DELETE()
                  .build());
      Reply inQuery =
          server.send("DELETE", "/scans/1?access_token=" + held.token(), held.token(), "");
      assertThat(List.of(both, twice, inQuery))
          .allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("credential_ambiguous");
            assertThat(reply.text()).doesNotContain(held.token());
          });
      assertThat(reached).isEmpty();
    }
  }

  @Test
  void requiring_nothingCanBeDecided_refusesAndSaysWhenToAskAgain() {
    Authorizer unavailable =
        request -> {
          throw new VerificationUnavailableException("storage is away");
        };
    try (SampleServer server = server(unavailable)) {
      Reply reply = server.send("DELETE", "/scans/1", held.token(), "");
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.code()).isEqualTo("verification_unavailable");
      assertThat(reply.header("Retry-After")).contains("1");
      assertThat(reply.header("Cache-Control")).contains("no-store");
      assertThat(reply.text()).doesNotContain("storage is away");
      assertThat(reached).isEmpty();
    }
  }

  /** A failure never allows. */
  @Test
  void requiring_authorizerFails_doesNotReachTheHandler() {
    Authorizer broken =
        request -> {
          throw new IllegalStateException("a mistake in an authorizer");
        };
    try (SampleServer server = server(broken)) {
      assertThat(server.send("DELETE", "/scans/1", held.token(), "").status()).isEqualTo(500);
      assertThat(reached).isEmpty();
    }
  }

  @Test
  void requiring_refusedRequestWithABody_isAnsweredWithoutTheHandler() {
    try (SampleServer server = server(ring.start())) {
      Reply reply =
          server.send(
              server
                  .request("/scans/1", "")
                  .method("DELETE", BodyPublishers.ofByteArray(new byte[1 << 20]))
                  .build());
      assertThat(reply.status()).isEqualTo(401);
      assertThat(server.send("DELETE", "/scans/1", held.token(), "").status()).isEqualTo(204);
      assertThat(reached).hasSize(1);
    }
  }
}
