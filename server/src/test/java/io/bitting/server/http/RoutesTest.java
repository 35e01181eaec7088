package io.bitting.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bitting.scope.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which endpoint takes a request, and which endpoints keep the server from starting. */
final class RoutesTest {
  private record Nothing(Route route) implements Endpoint {
    @Override
    public Answer handle(Call call) {
      throw new AssertionError("not to be called");
    }
  }

  private static Endpoint at(String id, String method, String template) {
    return new Nothing(Route.ofGateways(id, method, template, Requirement.allOf("keys:verify")));
  }

  /** A4: what asks for a scope that no key can have, or for none by mistake, is never served. */
  @Test
  void endpointThatAsksForAScopeThatIsNotThere_keepsTheServerFromStarting() {
    Endpoint wrong = new Nothing(Route.get("look", "/v1/look", Requirement.allOf("keys:look")));
    assertThatIllegalStateException()
        .isThrownBy(() -> new Routes(List.of(wrong)))
        .withMessageContaining("GET /v1/look")
        .withMessageContaining("keys:look");
  }

  @Test
  void twoEndpointsInOnePlace_keepTheServerFromStarting() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new Routes(List.of(at("one", "GET", "/a"), at("two", "GET", "/a"))))
        .withMessageContaining("GET /a");
    assertThatIllegalStateException()
        .isThrownBy(() -> new Routes(List.of(at("one", "GET", "/a"), at("one", "GET", "/b"))))
        .withMessageContaining("one");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> new Routes(List.of(at("one", "GET", "/{a}/x"), at("two", "GET", "/{b}/y"))));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/shop, one, ''",
    "HEAD, /v1/shop, one, ''",
    "GET, /v1/shop/nginx, two, ''",
    "GET, /v1/shop/envoy/, three, ''",
    "PURGE, /v1/shop/envoy/a, three, a",
    "GET, /v1/shop/envoy//a/../b;c, three, /a/../b;c",
    "GET, /v1/shop/envoy/nginx, three, nginx"
  })
  void find_path_isItsEndpoint(String method, String path, String id, String rest) {
    Routes routes =
        new Routes(
            List.of(
                at("one", "GET", "/v1/{api}"),
                at("two", "GET", "/v1/{api}/nginx"),
                at("three", Route.ANY_METHOD, "/v1/{api}/envoy/{rest*}")));
    Routes.Match match = (Routes.Match) routes.find(method, path);
    assertThat(match.endpoint().route().operationId()).isEqualTo(id);
    assertThat(match.path())
        .isEqualTo(
            id.equals("three") ? Map.of("api", "shop", "rest", rest) : Map.of("api", "shop"));
  }

  @ParameterizedTest
  @CsvSource({"GET, /v1", "GET, /v1/", "GET, /v1/shop/envoy", "GET, /v1/shop/NGINX", "GET, //v1/x"})
  void find_anythingElse_isNothing(String method, String path) {
    Routes routes =
        new Routes(
            List.of(
                at("one", "GET", "/v1/{api}"),
                at("two", "GET", "/v1/{api}/nginx"),
                at("three", Route.ANY_METHOD, "/v1/{api}/envoy/{rest*}")));
    assertThat(routes.find(method, path)).isInstanceOf(Routes.Nowhere.class);
  }

  /** What was found last is remembered; of a thousand paths most take the place of another. */
  @Test
  void find_manyPathsInTurn_eachIsItsOwn() {
    Routes routes =
        new Routes(List.of(at("one", "GET", "/v1/{api}"), at("two", "PUT", "/v1/{api}")));
    for (int i = 0; i < 3_000; i++) {
      String api = "shop" + i % 1_000;
      for (String method : List.of("GET", "HEAD", "PUT", "GET")) {
        Routes.Match match = (Routes.Match) routes.find(method, "/v1/" + api);
        assertThat(match.path()).isEqualTo(Map.of("api", api));
        assertThat(match.endpoint().route().operationId())
            .isEqualTo(method.equals("PUT") ? "two" : "one");
      }
      assertThat(routes.find("POST", "/v1/" + api)).isInstanceOf(Routes.OtherMethods.class);
    }
  }
}
