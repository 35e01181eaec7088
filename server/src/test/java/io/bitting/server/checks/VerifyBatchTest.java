package io.bitting.server.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.server.Problems;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** {@code POST /v1/verify/batch}. */
final class VerifyBatchTest {
  private static final TestServer SERVER = TestServer.shared();
  private static String api;
  private static Tenant tenant;
  private static Tenant.Made key;

  @BeforeAll
  static void start() {
    api = SERVER.api();
    tenant = SERVER.tenant();
    key = tenant.key(api, "bot");
  }

  private static TestServer.Reply batch(String token, List<String> checks) {
    return SERVER.post(
        token, "/v1/verify/batch", "{\"checks\":[" + String.join(",", checks) + "]}");
  }

  private static String check(String token, String of, String scope) {
    return TestServer.json("token", token, "api", of, "required_scopes", List.of(scope));
  }

  @Nested
  final class Status200 {
    @Test
    void batch_answersEachInItsPlace_asVerifyWould() {
      List<String> checks = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        checks.add(check(key.token(), api, "bot"));
        checks.add(check(key.token(), api, "orders:read"));
        checks.add(check("x", api, "bot"));
        checks.add(check(key.token(), "nowhere", "bot"));
      }
      JsonNode answer = batch(SERVER.ownerToken(), checks).ok().json();
      assertThat(answer.path("results")).hasSize(100);
      for (int i = 0; i < 100; i++) {
        assertThat(answer.path("results").get(i))
            .isEqualTo(SERVER.post(SERVER.ownerToken(), "/v1/verify", checks.get(i)).ok().json());
      }
      assertThat(answer.path("as_of").asText()).isEqualTo(SERVER.position());
    }
  }

  @Nested
  final class Status403 {
    /** Of a batch with one API beyond the reach nothing is told. */
    @Test
    void batch_oneApiBeyondTheReach_isRefusedAsAWhole() {
      Tenant operator = SERVER.operator();
      Tenant.Made gateway =
          operator.issue(
              operator.owner(),
              TestServer.json(
                  "api",
                  "bitting",
                  "name",
                  SERVER.unique("gateway"),
                  "scopes",
                  List.of("keys:verify"),
                  "reach",
                  TestServer.parse("{\"verify\":[\"" + api + "\"]}")));
      TestServer.Reply reply =
          batch(
              gateway.token(),
              List.of(check(key.token(), api, "bot"), check(key.token(), "bitting", "bot")));
      Problems.expect(reply, 403, "beyond_reach");
      assertThat(reply.text()).doesNotContain("allowed");
      batch(gateway.token(), List.of(check(key.token(), api, "bot"))).ok();
    }
  }

  @Nested
  final class Status413 {
    @Test
    void batch_ofMoreThan256KiB_isRefused() {
      Problems.expect(
          batch(SERVER.ownerToken(), List.of(check("x".repeat(256 * 1024), api, "bot"))),
          413,
          "body_too_large");
    }
  }

  @Nested
  final class Status422 {
    @Test
    void batch_faults_areNamedWithTheirPlace_andNothingIsChecked() {
      TestServer.Reply reply =
          batch(
              SERVER.ownerToken(),
              List.of(
                  check(key.token(), api, "bot"),
                  "{\"token\":\"x\",\"api\":\"" + api + "\"}",
                  "7",
                  "{\"token\":\"x\",\"api\":\"" + api + "\",\"any_of\":[[\"bot\"],[]],\"x\":1}"));
      Problems.expectFaults(
          reply,
          "/checks/1/required_scopes requirement_missing",
          "/checks/2 type_wrong",
          "/checks/3/any_of/1 requirement_empty",
          "/checks/3/x member_unknown");
      assertThat(reply.text()).doesNotContain("allowed");
    }

    @Test
    void batch_ofNoneOrTooMany_isRefused() {
      for (int size : List.of(0, 101)) {
        Problems.expectFaults(
            batch(SERVER.ownerToken(), Collections.nCopies(size, check(key.token(), api, "bot"))),
            "/checks value_out_of_range");
      }
      for (String body : List.of("{}", "{\"checks\":null}", "{\"checks\":{}}")) {
        TestServer.Reply reply = SERVER.post(SERVER.ownerToken(), "/v1/verify/batch", body);
        assertThat(Problems.faults(Problems.expect(reply, 422, "validation_failed"))).hasSize(1);
      }
    }
  }
}
