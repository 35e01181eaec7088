package io.bitting.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bitting.fixtures.Attack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The pages of {@code docs/gateways} against the files that the tests start, and their counts. */
final class RecipesTest {
  private static final Path FOLDER = Path.of("..", "docs", "gateways");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> IDENTITY =
      List.of(
          "x-bitting-key",
          "x-bitting-organization",
          "x-bitting-scopes",
          "x-bitting-scopes-omitted");

  /** The configurations that a page shows. */
  private static final Map<String, List<String>> SHOWN =
      new TreeMap<>(
          Map.of(
              "nginx.md", List.of("nginx.conf"),
              "caddy.md", List.of("Caddyfile"),
              "haproxy.md", List.of("haproxy.cfg", "bitting.lua"),
              "traefik.md", List.of("traefik.yaml"),
              "apisix.md", List.of("apisix.yaml"),
              "envoy.md", List.of("envoy-grpc.yaml", "envoy-http.yaml")));

  private static String text(String file) {
    try {
      return Files.readString(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads YAML; what a template fills in is a text. */
  private static JsonNode yaml(String file) {
    return MAPPER.valueToTree(
        new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(text(file)));
  }

  @Test
  void pages_showTheFilesAsTheyStand() throws IOException {
    SHOWN.forEach((page, files) ->
        files.forEach(file -> assertThat(text(page)).as(page).contains("\n" + text(file))));
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<String> all = new ArrayList<>(SHOWN.keySet());
      SHOWN.values().forEach(all::addAll);
      all.add("README.md");
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(all);
    }
  }

  @Test
  void pages_countWhatTheTestsTry_andSayWhatWasNeverStarted() {
    String faults = Attack.in("checkers.json").size() + " kinds of fault";
    String headers = Attack.in("gateway-headers.json").size() + " spoofed";
    String tricks = TrickedApi.tricks().size() + " disguised";
    for (String page : List.of("nginx.md", "caddy.md", "haproxy.md")) {
      assertThat(text(page)).as(page).contains(faults, headers, tricks, "714 operations");
    }
    for (String page : List.of("traefik.md", "apisix.md", "envoy.md")) {
      assertThat(text(page)).as(page).contains("never started", "Nothing through");
    }
    assertThat(text("README.md"))
        .contains(
            Attack.in("checkers.json").size() + " kinds |",
            "| " + Attack.in("gateway-headers.json").size() + " |",
            TrickedApi.tricks().size() + " × 2 |");
  }

  /** Row G7: a verdict that is kept outlives the key. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "nginx.conf",
        "Caddyfile",
        "haproxy.cfg",
        "bitting.lua",
        "traefik.yaml",
        "apisix.yaml",
        "envoy-grpc.yaml",
        "envoy-http.yaml"
      })
  void recipes_keepNoVerdict_andNoSecret(String file) {
    assertThat(text(file).replace("clear_route_cache: false", "").replace("cache-control", ""))
        .doesNotContainIgnoringCase("cache")
        .doesNotContainPattern("bit_[0-9A-Za-z]");
  }

  @Test
  void traefik_believesNoClient_andTakesTheCredentialAway() {
    JsonNode middlewares = yaml("traefik.yaml").at("/http/middlewares");
    JsonNode check = middlewares.at("/bitting/forwardAuth");
    assertThat(check.path("trustForwardHeader").asBoolean(true)).isFalse();
    assertThat(lower(check.path("authResponseHeaders"))).containsExactlyElementsOf(IDENTITY);
    JsonNode removed = middlewares.at("/strip/headers/customRequestHeaders");
    assertThat(List.of("Authorization", "X-API-Key", "X-Bitting-Gateway"))
        .allMatch(name -> removed.path(name).asText("-").isEmpty());
    assertThat(texts(yaml("traefik.yaml").at("/http/routers/protected/middlewares")))
        .containsExactly("clean", "bitting", "strip");
  }

  @Test
  void apisix_refusesWhenInDoubt_andTakesTheCredentialAway() {
    JsonNode plugins = yaml("apisix.yaml").at("/routes/0/plugins");
    JsonNode check = plugins.path("forward-auth");
    assertThat(check.path("allow_degradation").asBoolean(true)).isFalse();
    assertThat(check.path("status_on_error").asInt()).isEqualTo(503);
    assertThat(lower(check.path("upstream_headers"))).containsExactlyElementsOf(IDENTITY);
    assertThat(lower(plugins.at("/proxy-rewrite/headers/remove")))
        .contains("authorization", "x-api-key", "x-bitting-gateway");
  }

  @ParameterizedTest
  @ValueSource(strings = {"envoy-grpc.yaml", "envoy-http.yaml"})
  void envoy_refusesWhenInDoubt_andTakesTheCredentialAway(String file) {
    JsonNode manager =
        yaml(file).at("/static_resources/listeners/0/filter_chains/0/filters/0/typed_config");
    JsonNode check = manager.at("/http_filters/0/typed_config");
    assertThat(check.path("failure_mode_allow").asBoolean(true)).isFalse();
    assertThat(check.path("clear_route_cache").asBoolean(true)).isFalse();
    assertThat(check.at("/status_on_error/code").asText()).isEqualTo("ServiceUnavailable");
    assertThat(manager.at("/common_http_protocol_options/headers_with_underscores_action").asText())
        .isEqualTo("DROP_HEADER");
    assertThat(texts(manager.at("/route_config/request_headers_to_remove")))
        .contains("authorization", "x-api-key", "x-bitting-gateway");
    if (file.equals("envoy-http.yaml")) {
      List<String> passed = new ArrayList<>();
      check
          .at("/http_service/authorization_response/allowed_upstream_headers/patterns")
          .forEach(pattern -> passed.add(pattern.path("exact").asText()));
      assertThat(passed).containsExactlyElementsOf(IDENTITY);
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static List<String> lower(JsonNode list) {
    return texts(list).stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
  }
}
