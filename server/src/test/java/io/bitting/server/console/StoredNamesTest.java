package io.bitting.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import io.bitting.fixtures.PersonMother;
import io.bitting.id.PasskeyId;
import io.bitting.id.SignInId;
import io.bitting.member.Passkey;
import io.bitting.member.Person;
import io.bitting.member.SignIn;
import io.bitting.organization.Role;
import io.bitting.seal.Bytes;
import io.bitting.server.Attacks;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import io.bitting.server.http.Route;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * X1, X3, X6: whatever is stored as a name, a reason or a browser is text on every page, in a real
 * browser, and in every table; and no page is shown within another.
 */
final class StoredNamesTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A bit of each, for what there is one of only. */
  private static final String BIT = "\"'><x1-a><img src=x onerror=x1=1></title>{{7*7}}";

  /** Finds what a name has brought onto a page; a list of what there is. */
  private static final String BROUGHT =
      """
      () => [
        ...(globalThis.x1 === undefined ? [] : ['a script ran']),
        ...violations,
        ...[...document.querySelectorAll('x1-a, [onerror], [onload], [onfocus], [onmouseover], [x1-a], base, iframe, object, embed, img:not([src^="data:"]), script:not([src^="/assets/"])')]
          .map(e => e.outerHTML),
        ...[...document.querySelectorAll('a[href], form[action]')]
          .map(e => new URL(e.getAttribute('action') ?? e.getAttribute('href'), location))
          .filter(u => u.origin !== location.origin)
          .map(u => 'leads to ' + u)
      ]
      """;

  private static final List<String> TEXTS =
      Attacks.of("stored-names.json").stream().map(attack -> attack.path("text").asText()).toList();

  private static final TestServer SERVER = TestServer.shared();
  private static Chromium chromium;
  private static Tenant tenant;
  private static String api;
  private static SignedIn owner;
  private static Tenant.Made key;
  private static String member;

  @BeforeAll
  static void store() {
    tenant = SERVER.tenant();
    SERVER.patch(tenant.owner(), tenant.path(""), TestServer.json("name", BIT)).ok();
    api = catalog();
    owner = visitor();
    List<Tenant.Made> keys = new ArrayList<>();
    for (String text : TEXTS) {
      member = tenant.member(Role.MEMBER, PersonMother.person().name(text).build());
      keys.add(key(text, text));
    }
    key = key(BIT, BIT);
    TestServer.Reply checked =
        SERVER.browse(
            SERVER.request(key.token(), "/v1/whoami").header("User-Agent", BIT).GET().build());
    assertThat(checked.status()).isEqualTo(200);
    SERVER.flushUsage();
    for (int i = 0; i < TEXTS.size(); i++) {
      decide(keys.get(i), TEXTS.get(i));
    }
    Tenant.Made gone = key("gone", BIT);
    SERVER
        .post(
            tenant.owner(),
            tenant.path(gone, "/revoke"),
            TestServer.json("reason", "leaked", "note", BIT))
        .ok();
    for (String mail : List.of("=1+1@example.com", "'`{{7*7}}`'&lt@example.com")) {
      SERVER
          .post(
              tenant.owner(),
              tenant.path("/invitations"),
              TestServer.json("mail", mail, "role", "member"))
          .ok();
    }
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    chromium.close();
  }

  private static Tenant.Made key(String name, String purpose) {
    return tenant.issue(
        tenant.owner(),
        TestServer.json(
            "api",
            api,
            "name",
            name,
            "purpose",
            purpose,
            "scopes",
            List.of("things:s0"),
            "expires_at",
            null));
  }

  private static void decide(Tenant.Made on, String reason) {
    SERVER
        .post(
            tenant.owner(),
            tenant.path("/review/decisions"),
            TestServer.json("key", on.id(), "verdict", "keep", "reason", reason))
        .ok();
  }

  /** An API each of whose texts is an attack; JSON is YAML, too. */
  private static String catalog() {
    String id = SERVER.unique("hostile");
    String prefix = TestServer.prefix(id);
    SERVER
        .put(SERVER.ownerToken(), "/v1/apis/" + id, TestServer.json("name", BIT, "prefix", prefix))
        .ok();
    List<Map<String, Object>> scopes = new ArrayList<>();
    Map<String, Object> paths = new LinkedHashMap<>();
    for (int i = 0; i < TEXTS.size(); i++) {
      scopes.add(
          Map.of(
              "scope",
              "things:s" + i,
              "category",
              TEXTS.get(i),
              "access",
              "read",
              "description",
              TEXTS.get(i)));
      paths.put(
          "/things" + i,
          Map.of(
              "get",
              Map.of(
                  "summary", TEXTS.get(i),
                  "security", List.of(Map.of("key", List.of("things:s" + i))),
                  "responses", Map.of("200", Map.of("description", "ok")))));
    }
    upload(
        id,
        "catalog",
        TestServer.json("catalog", 1, "api", id, "name", BIT, "prefix", prefix, "scopes", scopes));
    upload(
        id,
        "operations",
        TestServer.json(
            "openapi",
            "3.1.0",
            "info",
            Map.of("title", BIT, "version", "1"),
            "components",
            Map.of("securitySchemes", Map.of("key", Map.of("type", "http", "scheme", "bearer"))),
            "paths",
            paths));
    return id;
  }

  private static void upload(String id, String what, String document) {
    String path = "/v1/apis/" + id + "/" + what;
    String confirmation =
        SERVER
            .send("PUT", SERVER.ownerToken(), path + "?dry_run=true", "application/yaml", document)
            .ok()
            .json()
            .path("confirmation")
            .asText("");
    SERVER
        .send(
            "PUT",
            SERVER.ownerToken(),
            path + "?confirm=" + confirmation,
            "application/yaml",
            document)
        .ok();
  }

  /** An owner with such a name, such passkeys, and sign-ins from such browsers. */
  private static SignedIn visitor() {
    SignedIn made = SignedIn.as(tenant, Role.OWNER);
    Person person = made.person();
    SignIn signIn = made.signIn();
    SERVER
        .store()
        .write(writer -> {
          writer
              .people()
              .updatePerson(
                  new Person(
                      person.id(),
                      person.mail(),
                      BIT,
                      person.mfaSince(),
                      false,
                      person.createdAt(),
                      person.revision() + 1));
          for (String text : TEXTS) {
            writer
                .credentials()
                .insertSignIn(
                    new SignIn(
                        SignInId.generate(RANDOM),
                        Bytes.of(RANDOM.generateSeed(32)),
                        person.id(),
                        signIn.createdAt(),
                        signIn.lastSeenAt(),
                        signIn.proved(),
                        "127.0.0.1",
                        text,
                        null));
            writer
                .credentials()
                .insertPasskey(
                    new Passkey(
                        PasskeyId.generate(RANDOM),
                        person.id(),
                        text,
                        Bytes.of(RANDOM.generateSeed(16)),
                        Bytes.of(new byte[] {1}),
                        0,
                        false,
                        false,
                        signIn.createdAt(),
                        null));
          }
          return made;
        });
    return made;
  }

  private static List<String> addresses() {
    List<String> addresses = new ArrayList<>(List.of("/review?show=all", "/keys?q=%3Cx1-a%3E"));
    for (Route route : SERVER.pages()) {
      if (route.method().equals("GET")
          && route.proof() == Route.Proof.SIGN_IN
          && !route.template().endsWith(".csv")) {
        addresses.add(
            route
                    .template()
                    .replace("{key}", key.id())
                    .replace("{member}", member)
                    .replace("{api}", api)
                + (switch (route.operationId()) {
                  case "showOperationPage" -> "?method=GET&path=/things2";
                  case "showNewKeyPage" -> "?api=" + api + "&start=" + key.id();
                  default -> "";
                }));
      }
    }
    return addresses;
  }

  private static BrowserContext window() {
    BrowserContext window = chromium.window(1280, ColorScheme.LIGHT, true);
    window.addCookies(
        List.of(
            new Cookie("__Host-bitting", owner.cookie())
                .setUrl("https://127.0.0.1")
                .setSecure(true)
                .setHttpOnly(true)));
    return window;
  }

  @Test
  void pages_showStoredTexts_asText() {
    List<String> outside = new ArrayList<>();
    List<String> dialogs = new ArrayList<>();
    List<String> brought = new ArrayList<>();
    Map<String, String> texts = new LinkedHashMap<>();
    String base = SERVER.server().baseUrl();
    try (BrowserContext window = window()) {
      Page page = window.newPage();
      page.onDialog(dialog -> {
        dialogs.add(dialog.message());
        dialog.dismiss();
      });
      page.onRequest(request -> {
        if (!request.url().startsWith(base + "/") && !request.url().startsWith("data:")) {
          outside.add(request.url());
        }
      });
      for (String address : addresses()) {
        page.navigate(base + address);
        for (Object each : (List<?>) page.evaluate(BROUGHT)) {
          brought.add(address + ": " + each);
        }
        texts.put(address, String.valueOf(page.evaluate("() => document.body.textContent")));
      }
    }
    assertThat(brought).isEmpty();
    assertThat(dialogs).isEmpty();
    assertThat(outside).isEmpty();
    // The control: they are there to be read.
    for (String page : List.of("/keys", "/members", "/account", "/catalog/" + api)) {
      assertThat(texts.get(page)).as(page).contains(TEXTS.subList(0, 8));
    }
    assertThat(texts.get("/review?show=all")).contains(TEXTS.subList(0, 8));
    assertThat(texts.get("/keys/" + key.id())).contains(BIT);
    assertThat(texts.get("/audit")).contains(BIT);
    System.out.println("stored texts: " + texts.size() + " pages in a browser");
  }

  /** X3: no page is there within another, and nobody who opens one gets hold of it. */
  @Test
  void pages_withinOrBesideOthers_areOutOfReach() {
    try (BrowserContext window = window()) {
      Page page = window.newPage();
      for (String path : List.of("/keys", "/sign-in")) {
        page.setContent("<iframe src=\"" + SERVER.uri(path) + "\"></iframe>");
        page.waitForCondition(() ->
            page.frames().size() == 2 && page.frames().get(1).url().startsWith("chrome-error:"));
      }
      page.evaluate(
          "address => { globalThis.other = open(address); }", SERVER.uri("/keys").toString());
      page.waitForFunction("other.closed");
    }
    assertThat(new String(Asset.SCRIPT.bytes(), java.nio.charset.StandardCharsets.UTF_8))
        .doesNotContain("'message'", "\"message\"", "onmessage");
  }

  /** 1.2.10: every cell is one cell, and none is a formula. */
  @Test
  void tables_haveNoFormulas_andNoMoreCells() {
    // An export ends at a checkpoint.
    owner.post("/audit/verify");
    for (String path : List.of("/audit.csv", "/review.csv")) {
      String table = owner.page(path);
      Matcher cells = Pattern.compile("\"((?:[^\"]|\"\")*)\"(,|\r\n)").matcher(table);
      int columns = 0;
      int column = 0;
      int end = 0;
      List<String> found = new ArrayList<>();
      while (cells.find()) {
        assertThat(cells.start()).as(path).isEqualTo(end);
        end = cells.end();
        column++;
        found.add(cells.group(1));
        assertThat(cells.group(1)).as(path).doesNotMatch("(?s)[=+\\-@\t\r\n\0].*");
        if (!cells.group(2).equals(",")) {
          columns = columns == 0 ? column : columns;
          assertThat(column).as(path + found).isEqualTo(columns);
          column = 0;
        }
      }
      assertThat(end).as(path).isEqualTo(table.length());
      // The control: they are there; in the audit within a list.
      assertThat(found)
          .as(path)
          .anyMatch(cell ->
              path.equals("/review.csv")
                  ? cell.startsWith("'=HYPERLINK")
                  : cell.contains("=HYPERLINK"));
    }
  }
}
