package io.bitting.server.apis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.server.Problems;
import io.bitting.server.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** {@code GET /apis/{api}} and {@code GET /v1/apis/{api}/page}. */
final class PageTest {
  private static final TestServer SERVER = TestServer.shared();

  private static final String DOCUMENT =
      """
      openapi: 3.1.0
      info: {title: Shop, version: "1"}
      components:
        securitySchemes:
          key: {type: http, scheme: bearer}
      paths:
        /v2/orders:
          get: {summary: List orders, tags: [Orders], security: [{key: [orders:read]}]}
          post: {tags: [Orders], security: [{key: [orders:write]}]}
        /v2/orders/{id}:
          delete: {tags: [Orders], security: [{key: [orders:write, orders:refund]}]}
        /v2/orders/mine:
          get: {tags: [Orders], security: [{key: [bot, orders:read]}, {key: [orders:refund]}]}
        /v2/limits:
          get: {security: [{key: []}]}
        /v2/debug:
          post: {summary: Debug}
        /v2/ghosts:
          get: {security: [{key: [ghosts:see]}]}
      """;

  private static TestServer.Reply put(String api, String query, String document) {
    return SERVER
        .send(
            "PUT",
            SERVER.ownerToken(),
            "/v1/apis/" + api + "/operations" + query,
            "application/yaml",
            document)
        .ok();
  }

  /** Puts operations of which some need no key. */
  private static void putOpen(String api, String document) {
    String target = "/v1/apis/" + api + "/operations?published=true";
    TestServer.Reply asked =
        SERVER.send("PUT", SERVER.ownerToken(), target, "application/json", document);
    String confirmation =
        Problems.expect(asked, 409, "confirmation_required").path("confirmation").asText();
    put(api, "?published=true&confirm=" + confirmation, document);
  }

  private static TestServer.Reply page(String api) {
    return SERVER.get("", "/apis/" + api);
  }

  private static TestServer.Reply pageOfOwner(String api) {
    return SERVER.get(SERVER.ownerToken(), "/v1/apis/" + api + "/page");
  }

  /** Makes an API whose page everybody may read. */
  private static String published() {
    String api = SERVER.api();
    put(api, "?published=true", DOCUMENT);
    return api;
  }

  @Nested
  final class Status200 {
    @Test
    void page_saysOfEveryKindOfRequirementWhatItMeans() {
      Read read = Read.of(page(published()).ok().text());
      assertThat(read.operations())
          .containsExactly(
              Map.entry("GET /v2/orders", "orders:read"),
              Map.entry("POST /v2/orders", "orders:write"),
              Map.entry("DELETE /v2/orders/{id}", "orders:refund and orders:write"),
              Map.entry("GET /v2/orders/mine", "bot and orders:read, or orders:refund"),
              Map.entry("GET /v2/limits", "any valid key"),
              Map.entry("POST /v2/debug", "cannot be called until somebody says what it requires"),
              Map.entry("GET /v2/ghosts", "ghosts:see (which no key can have)"));
      assertThat(read.scopes().get("orders:read"))
          .isEqualTo("opens GET /v2/orders; together GET /v2/orders/mine");
      assertThat(read.scopes().get("orders:write"))
          .as("with what it implies")
          .isEqualTo(
              "opens GET /v2/orders, POST /v2/orders; together DELETE /v2/orders/{id}, GET /v2/orders/mine");
      assertThat(read.scopes().get("orders:refund"))
          .isEqualTo("opens GET /v2/orders/mine; together DELETE /v2/orders/{id}");
      assertThat(read.scopes().get("keys:read")).isEqualTo("opens ; together ");
      assertThat(read.plain())
          .contains(
              "Orders 4",
              "/limits 1",
              "7 operations",
              "9 scopes",
              "1 operation cannot be called yet",
              "orders:export read retired: new keys cannot have it",
              "keys:read read of Bitting itself",
              "implies orders:read",
              "Authorization: Bearer shop_");
    }

    @Test
    void page_ofPersonnel_hasEveryOperationWithExactlyItsScopes() throws IOException {
      String api = SERVER.unique("personnel");
      String prefix = TestServer.prefix(api);
      String catalog =
          Files.readString(Path.of("..", "catalogs", "personnel.yaml"))
              .replace("api: personnel", "api: " + api)
              .replace("prefix: prs", "prefix: " + prefix);
      SERVER
          .put(
              SERVER.ownerToken(),
              "/v1/apis/" + api,
              TestServer.json("name", "Personnel", "prefix", prefix))
          .ok();
      SERVER
          .send(
              "PUT",
              SERVER.ownerToken(),
              "/v1/apis/" + api + "/catalog",
              "application/yaml",
              catalog)
          .ok();
      String document =
          Files.readString(
              Path.of(
                  "..",
                  "openapi",
                  "src",
                  "test",
                  "resources",
                  "documents",
                  "personnel.openapi.json"));
      putOpen(api, document);
      String html = page(api).ok().text();
      Read read = Read.of(html);
      Map<String, Set<Set<String>>> raw = raw(document);
      assertThat(raw).hasSize(714);
      Map<String, String> expected = new TreeMap<>();
      raw.forEach((operation, alternatives) -> expected.put(operation, words(alternatives)));
      assertThat(new TreeMap<>(read.operations())).isEqualTo(expected);
      assertThat(read.scopes()).hasSize(142);
      read.scopes()
          .forEach(
              (scope, opened) -> assertThat(opened).as(scope).isEqualTo(expectedOf(scope, raw)));
      assertLinksLeadSomewhere(html);
    }

    /** Reads the raw document, by no code of ours; one object is all of its scopes. */
    private static Map<String, Set<Set<String>>> raw(String document) {
      JsonNode root = TestServer.parse(document);
      Map<String, Set<Set<String>>> raw = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
        for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
          if (Set.of("get", "put", "post", "delete", "patch").contains(method.getKey())) {
            JsonNode own = method.getValue().path("security");
            Set<Set<String>> alternatives = new HashSet<>();
            for (JsonNode object : own.isMissingNode() ? root.path("security") : own) {
              Set<String> scopes = new TreeSet<>();
              object.path("apiKey").forEach(scope -> scopes.add(scope.asText()));
              alternatives.add(scopes);
            }
            raw.put(
                method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
                alternatives);
          }
        }
      }
      return raw;
    }

    private static String words(Set<Set<String>> alternatives) {
      if (alternatives.isEmpty()) {
        return "no key";
      }
      return alternatives.equals(Set.of(Set.of()))
          ? "any valid key"
          : String.join(
              ", or ", alternatives.stream().map(each -> String.join(" and ", each)).toList());
    }

    /** The catalog of personnel implies nothing. */
    private static String expectedOf(String scope, Map<String, Set<Set<String>>> raw) {
      Set<String> alone = new TreeSet<>();
      Set<String> together = new TreeSet<>();
      raw.forEach((operation, alternatives) -> {
        if (alternatives.contains(Set.of(scope))) {
          alone.add(operation);
        } else if (alternatives.stream().anyMatch(each -> each.contains(scope))) {
          together.add(operation);
        }
      });
      return "opens " + String.join(", ", alone) + "; together " + String.join(", ", together);
    }

    @Test
    void page_ofTheOwner_isTheSame_andIsThereUnpublishedToo() {
      String api = published();
      assertThat(pageOfOwner(api).ok().text()).isEqualTo(page(api).text());
      put(api, "?published=false", DOCUMENT);
      assertThat(Read.of(pageOfOwner(api).ok().text()).operations()).hasSize(7);
      assertThat(pageOfOwner(api).header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void page_changesWithOperationsAndCatalogAndName_atOnce() {
      String api = published();
      put(api, "", DOCUMENT.replace("List orders", "Show all orders"));
      assertThat(page(api).text()).contains("Show all orders").doesNotContain("List orders");
      String catalog =
          """
          catalog: 1
          api: %s
          name: Shop
          prefix: %s
          scopes:
            - {scope: orders:read, category: Orders, access: read, description: Shows all of them.}
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
      SERVER
          .send(
              "PUT",
              SERVER.ownerToken(),
              "/v1/apis/" + api + "/catalog",
              "application/yaml",
              catalog)
          .ok();
      assertThat(page(api).text()).contains("Shows all of them.").doesNotContain("Shows orders.");
      SERVER
          .put(
              SERVER.ownerToken(),
              "/v1/apis/" + api,
              TestServer.json("name", "Store", "prefix", TestServer.prefix(api)))
          .ok();
      assertThat(page(api).text()).contains("<h1>Store</h1>");
    }

    @Test
    void page_head_hasNoBody() {
      String api = published();
      TestServer.Reply head =
          SERVER.send(
              SERVER
                  .request("", "/apis/" + api)
                  .method("HEAD", HttpRequest.BodyPublishers.noBody())
                  .build());
      assertThat(head.ok().text()).isEmpty();
      assertThat(head.header("ETag")).isEqualTo(page(api).header("ETag"));
    }

    @Test
    void page_runsNothingButItsOwn() {
      TestServer.Reply reply = page(published());
      String html = reply.text();
      assertThat(reply.header("Content-Security-Policy"))
          .isEqualTo(
              "default-src 'none'; style-src '"
                  + digest(between(html, "<style>", "</style>"))
                  + "'; script-src '"
                  + digest(between(html, "<script type=\"module\">", "</script>"))
                  + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
      assertThat(reply.header("Content-Security-Policy"))
          .startsWith(
              between(html, "http-equiv=\"Content-Security-Policy\" content=\"", "\"") + ";");
      assertThat(between(html, "<style>", "</style>"))
          .doesNotContain("url(", "@import", "http")
          .contains("prefers-color-scheme: dark", "@media print");
    }

    private static String between(String text, String start, String end) {
      int from = text.indexOf(start) + start.length();
      return text.substring(from, text.indexOf(end, from));
    }

    private static String digest(String text) {
      try {
        byte[] digest =
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Nested
  final class Status304 {
    @Test
    void page_thatTheCallerHas_isNotSentAgain_untilItChanges() {
      String api = published();
      String tag = page(api).header("ETag");
      assertThat(ask(api, tag).status()).isEqualTo(304);
      assertThat(ask(api, "W/\"other\", W/" + tag).status()).isEqualTo(304);
      assertThat(ask(api, "*").status()).isEqualTo(304);
      assertThat(ask(api, "\"other\"").status()).isEqualTo(200);
      put(api, "", DOCUMENT.replace("List orders", "Show all orders"));
      assertThat(ask(api, tag).ok().header("ETag")).isNotEqualTo(tag);
      put(api, "?published=false", DOCUMENT);
      Problems.expect(ask(api, "*"), 404, "not_found");
    }

    private static TestServer.Reply ask(String api, String tag) {
      return SERVER.send(
          SERVER.request("", "/apis/" + api).header("If-None-Match", tag).GET().build());
    }
  }

  @Nested
  final class Status404 {
    /** An outsider learns nothing of an API whose operations are not published. */
    @Test
    void page_notPublished_isAnsweredLikeNone() {
      String bare = SERVER.api();
      String hidden = SERVER.api();
      put(hidden, "", DOCUMENT);
      String withdrawn = published();
      assertThat(page(withdrawn).status()).isEqualTo(200);
      put(withdrawn, "?published=false", DOCUMENT);
      String unknown = answer(page("nowhere"));
      for (String api : List.of(bare, hidden, withdrawn, "bitting", "NO-ID", "%3Cscript%3E")) {
        TestServer.Reply reply = page(api);
        Problems.expect(reply, 404, "not_found");
        assertThat(answer(reply)).as(api).isEqualTo(unknown);
      }
      put(hidden, "?published=true", DOCUMENT);
      assertThat(page(hidden).status()).isEqualTo(200);
    }

    private static String answer(TestServer.Reply reply) {
      Map<String, List<String>> headers = new TreeMap<>(reply.response().headers().map());
      headers.remove("x-request-id");
      headers.remove("X-Request-Id");
      return headers
          + reply
              .text()
              .replace(reply.json().path("request_id").asText(), "")
              .replaceAll("\"instance\":\"[^\"]*\"", "");
    }

    @Test
    void pageOfTheOwner_ofAnApiWithoutOperations_isNone() {
      Problems.expect(pageOfOwner(SERVER.api()), 404, "not_found");
      Problems.expect(pageOfOwner("nowhere"), 404, "not_found");
    }
  }

  @Nested
  final class HostileTexts {
    private static final String SCRIPT = "</style></script><script>alert(1)</script>";
    private static final String BREAKOUT = "\\\"' onclick=alert(1) x='\\\"><img src=x>";
    private static final String LINK = "javascript:alert(1)";

    private static final Pattern TAG = Pattern.compile("<([a-z0-9]+)((?:\\s[^<>]*)?)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\s([a-z-]+)(?:=\"([^\"]*)\")?");

    @Test
    void page_showsThemAsText() {
      String api = SERVER.unique("shop");
      SERVER
          .put(
              SERVER.ownerToken(),
              "/v1/apis/" + api,
              TestServer.json("name", "A<b>&\"'" + LINK, "prefix", TestServer.prefix(api)))
          .ok();
      String catalog =
          """
          catalog: 1
          api: %s
          name: "A<b>&\\"'%s"
          prefix: %s
          scopes:
            - {scope: orders:read, category: "%s", access: read, description: "%s"}
            - {scope: bot, category: "%s", access: read, description: "%s"}
          """
              .formatted(
                  api,
                  LINK,
                  TestServer.prefix(api),
                  SCRIPT,
                  BREAKOUT,
                  LINK,
                  "${1+1} @if(true) " + SCRIPT);
      SERVER
          .send(
              "PUT",
              SERVER.ownerToken(),
              "/v1/apis/" + api + "/catalog",
              "application/yaml",
              catalog)
          .ok();
      put(
          api,
          "?published=true",
          """
          openapi: 3.1.0
          info: {title: "%1$s", version: "1"}
          components: {securitySchemes: {key: {type: http, scheme: bearer}}}
          paths:
            "/'onclick=alert(1)&x=%3$s/{id}":
              get: {summary: "%1$s", tags: ["%1$s"], security: [{key: [orders:read]}], operationId: "%2$s"}
              post: {summary: "%2$s", tags: ["%2$s"], security: [{key: [bot]}]}
            "/%3$s":
              get: {summary: "%3$s", tags: ["%3$s"], security: [{key: []}]}
            "/.%3$s":
              get: {summary: "%3$s", security: [{key: []}]}
          """
              .formatted(SCRIPT, BREAKOUT, LINK));
      String html = page(api).ok().text();
      assertThat(html.split("<script", -1)).hasSize(2);
      assertThat(html)
          .contains("&lt;/style&gt;&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;")
          .contains("${1+1} @if(true)");
      String body = html.substring(html.indexOf("<body>"), html.indexOf("<script"));
      assertThat(faults(body)).isEmpty();
      assertLinksLeadSomewhere(html);
    }

    /** Names every tag and attribute that the template does not have. */
    private static List<String> faults(String body) {
      Set<String> tags =
          Set.of(
              "body", "a", "header", "h1", "h2", "h3", "p", "code", "div", "section", "pre", "var",
              "nav", "ul", "li", "small", "main", "search", "label", "input", "b", "span",
              "details", "summary", "footer");
      Set<String> attributes =
          Set.of(
              "class",
              "id",
              "href",
              "aria-labelledby",
              "aria-label",
              "aria-describedby",
              "tabindex",
              "hidden",
              "for",
              "type",
              "autocomplete",
              "spellcheck",
              "placeholder",
              "role");
      List<String> faults = new ArrayList<>();
      Matcher tag = TAG.matcher(body);
      int count = 0;
      while (tag.find()) {
        count++;
        if (!tags.contains(tag.group(1))) {
          faults.add(tag.group());
        }
        Matcher attribute = ATTRIBUTE.matcher(tag.group(2));
        while (attribute.find()) {
          if (!attributes.contains(attribute.group(1))
              || (attribute.group(1).equals("href") && !attribute.group(2).startsWith("#"))) {
            faults.add(attribute.group() + " in " + tag.group());
          }
        }
        if (!ATTRIBUTE.matcher(tag.group(2)).replaceAll("").isBlank()) {
          faults.add("what is no attribute in " + tag.group());
        }
      }
      assertThat(count).isGreaterThan(100);
      if (TAG.matcher(body).replaceAll("").replaceAll("</[a-z0-9]+>", "").contains("<")) {
        faults.add("a < that begins no tag");
      }
      return faults;
    }
  }

  private static void assertLinksLeadSomewhere(String html) {
    Set<String> ids = new HashSet<>();
    Matcher id = Pattern.compile(" id=\"([^\"]*)\"").matcher(html);
    while (id.find()) {
      assertThat(ids.add(id.group(1))).as("there is one %s", id.group(1)).isTrue();
    }
    Matcher link = Pattern.compile(" (?:href=\"#|aria-[a-z]+by=\"|for=\")([^\"]*)\"").matcher(html);
    Set<String> dead = new TreeSet<>();
    while (link.find()) {
      if (!ids.contains(link.group(1))) {
        dead.add(link.group(1));
      }
    }
    assertThat(ids).hasSizeGreaterThan(10);
    assertThat(dead).isEmpty();
  }

  /**
   * What a page says to a reader.
   *
   * @param operations what each operation needs, in order
   * @param scopes what each scope opens
   * @param plain the whole of it without its markup
   */
  private record Read(Map<String, String> operations, Map<String, String> scopes, String plain) {
    static Read of(String html) {
      Map<String, String> operations = new LinkedHashMap<>();
      for (String item : items(html, "operation")) {
        String call = text(item.substring(0, item.indexOf(" class=\"needs\"") + 1) + ">");
        String needs =
            item.substring(item.indexOf("class=\"needs\"") + "class=\"needs\">".length());
        String words =
            text(needs.replace("</li>\n<li>", ", or ").replace("any of<ul>", ""))
                .replaceFirst("^needs ", "")
                .replace(" , or ", ", or ");
        String name = String.join(" ", List.of(call.split(" ", -1)).subList(0, 2));
        assertThat(operations.put(name, words)).as(name).isNull();
      }
      Map<String, String> scopes = new LinkedHashMap<>();
      for (String item : items(html, "entry")) {
        String name = text(item).split(" ", 2)[0];
        int details = item.indexOf("<details>");
        String[] lists =
            details < 0 ? new String[] {""} : item.substring(details).split("Together with", 2);
        scopes.put(
            name,
            "opens " + calls(lists[0]) + "; together " + (lists.length > 1 ? calls(lists[1]) : ""));
      }
      return new Read(
          operations,
          scopes,
          text(html.substring(html.indexOf("<body>"), html.indexOf("<script"))));
    }

    private static List<String> items(String html, String kind) {
      List<String> parts = List.of(html.split("<li class=\"" + kind + "\"[^>]*>", -1));
      return parts.subList(1, parts.size()).stream()
          .map(part -> part.split("</section>|<li class=\"", 2)[0])
          .toList();
    }

    private static String calls(String list) {
      Set<String> calls = new TreeSet<>();
      Matcher item = Pattern.compile("<li>(.*?)</li>").matcher(list);
      while (item.find()) {
        calls.add(text(item.group(1)));
      }
      return String.join(", ", calls);
    }

    private static String text(String html) {
      return html.replaceAll("<[^>]*>", "")
          .replace("&lt;", "<")
          .replace("&gt;", ">")
          .replace("&amp;", "&")
          .replaceAll("\\s+", " ")
          .strip();
    }
  }
}
