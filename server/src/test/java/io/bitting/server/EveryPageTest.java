package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.id.PasskeyId;
import io.bitting.member.Passkey;
import io.bitting.organization.Role;
import io.bitting.seal.Bytes;
import io.bitting.server.console.SignedIn;
import io.bitting.server.http.Route;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What holds of every page and form of the console, by the list of its routes: rows A1, A5, X1, X3
 * and X4 of the threats, ASVS 3.4.
 */
final class EveryPageTest {
  private static final TestServer SERVER = TestServer.shared();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String NEVER = "0123456789AB";

  /** What a form is sent so that it does something; in braces, what belongs to the visitor. */
  private static final Map<String, List<String>> FIELDS =
      Map.ofEntries(
          Map.entry(
              "submitNewKey", List.of("api", "bitting", "name", "{new}", "scopes", "org:read")),
          Map.entry("submitKeyEdit", List.of("name", "{new}", "purpose", "tests")),
          Map.entry("disableKeyForm", List.of()),
          Map.entry("enableKeyForm", List.of()),
          Map.entry("endOverlapKeyForm", List.of()),
          Map.entry("submitRotation", List.of("overlap", "24h")),
          Map.entry("submitRevocation", List.of("note", "tests", "confirm", "{name}")),
          Map.entry(
              "submitDecision", List.of("key", "{key}", "verdict", "keep", "reason", "tests")),
          Map.entry(
              "submitRevocations", List.of("key", "{key}", "reason", "tests", "confirm", "1")),
          Map.entry("submitVerification", List.of()),
          Map.entry("submitInvitation", List.of("mail", "{new}@example.com", "role", "member")),
          Map.entry("submitWithdrawal", List.of()),
          Map.entry("submitRole", List.of("role", "auditor")),
          Map.entry("submitRemoval", List.of("confirm", "{mail}")),
          Map.entry("submitName", List.of("name", "{new}")),
          Map.entry("submitSecondFactor", List.of("act", "save", "grace", "30d")),
          Map.entry("submitPolicies", List.of("act", "save", "usage_kept_days", "30")),
          Map.entry("switchOrganization", List.of("organization", "{org}")),
          Map.entry("takeLeave", List.of("organization", "{org}")),
          Map.entry("endSignIn", List.of()),
          Map.entry("endOtherSignIns", List.of()),
          Map.entry("removePasskey", List.of()),
          Map.entry("renewCodes", List.of()));

  /** Fields of forms that people write a text into. */
  private static final Map<String, List<String>> TEXTS =
      Map.of(
          "submitNewKey", List.of("name", "purpose"),
          "submitKeyEdit", List.of("name", "purpose"),
          "submitRevocation", List.of("note"),
          "submitDecision", List.of("reason"),
          "submitRevocations", List.of("reason"),
          "submitInvitation", List.of("mail"),
          "submitName", List.of("name"));

  /** Addresses and fields in which an id stands that is not in the path. */
  private static final List<String> QUERIES =
      List.of(
          "/keys/new?replaces={key}",
          "/keys/new?start={key}",
          "/keys?q={key}",
          "/keys?created_by={member}",
          "/audit?target={key}",
          "/audit?actor={member}",
          "/audit.csv?target={key}");

  private static String shop;
  private static Tenant own;
  private static Tenant other;

  @BeforeAll
  static void start() {
    shop = SERVER.api();
    own = SERVER.tenant();
    other = SERVER.tenant();
  }

  /** Things of an organization, by what paths and fields call them. */
  private static Map<String, String> things(Tenant tenant, SignedIn person) {
    Tenant.Made key = tenant.key(shop, "orders:read");
    SignedIn member = SignedIn.as(tenant, Role.MEMBER);
    Passkey passkey =
        new Passkey(
            PasskeyId.generate(RANDOM),
            person.person().id(),
            "laptop",
            Bytes.of(RANDOM.generateSeed(16)),
            Bytes.of(new byte[] {1}),
            0,
            false,
            false,
            now(),
            null);
    SERVER
        .store()
        .write(writer -> {
          writer.credentials().insertPasskey(passkey);
          return passkey;
        });
    return Map.ofEntries(
        Map.entry("key", key.id()),
        Map.entry("name", key.shown().path("name").asText()),
        Map.entry("member", member.member().id().text()),
        Map.entry("mail", member.person().mail().text()),
        Map.entry("invitation", tenant.invite(Role.MEMBER).at("/invitation/id").asText()),
        Map.entry("signIn", person.signIn().id().text()),
        Map.entry("passkey", passkey.id().text()),
        Map.entry("api", shop),
        Map.entry("org", tenant.slug()),
        Map.entry("new", SERVER.unique("made-by-form")));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private static String filled(String text, Map<String, String> things) {
    String filled = text;
    for (Map.Entry<String, String> thing : things.entrySet()) {
      filled = filled.replace("{" + thing.getKey() + "}", thing.getValue());
    }
    return filled;
  }

  private static String[] fields(Route route, Map<String, String> things, String... more) {
    List<String> fields = new ArrayList<>();
    FIELDS
        .getOrDefault(route.operationId(), List.of())
        .forEach(field -> fields.add(filled(field, things)));
    fields.addAll(Arrays.asList(more));
    return fields.toArray(String[]::new);
  }

  private static List<Route> pages(String method) {
    return SERVER.server().pages().stream()
        .filter(route -> route.method().equals(method) && route.proof() == Route.Proof.SIGN_IN)
        .toList();
  }

  /** Where a page is; that of an operation takes more than a path. */
  private static String address(Route route, Map<String, String> things) {
    return filled(route.template(), things)
        + (route.operationId().equals("showOperationPage")
                ? "?method=GET&path=/v1/organizations/{org}"
                : "")
            .replace("{org}", "%7Borg%7D");
  }

  // ---- headers

  /** 3.4.3 to 3.4.8, X3, 14.3.2: whatever a page says, and to whomever. */
  @Test
  void pages_haveTheirHeaders_whoeverAsks() {
    SignedIn owner = SignedIn.as(own, Role.OWNER);
    Map<String, String> things = things(own, owner);
    int seen = 0;
    for (Route route : pages("GET")) {
      // Another origin each, which makes no difference to whoever it is.
      Map<String, String> askers =
          Map.of(
              owner.cookie(),
              "https://evil.example",
              "",
              "null",
              NEVER,
              "http://127.0.0.1.evil.example");
      for (Map.Entry<String, String> asker : askers.entrySet()) {
        TestServer.Reply reply =
            SERVER.browse(
                SERVER
                    .request("", address(route, things))
                    .header("Cookie", "__Host-bitting=" + asker.getKey())
                    .header("Origin", asker.getValue())
                    .GET()
                    .build());
        expectHeaders(route.operationId(), reply);
        seen += reply.status() == 200 ? 1 : 0;
      }
    }
    // The control: most of them were there.
    assertThat(seen).isGreaterThan(17);
    for (Route route : pages("POST")) {
      expectHeaders(
          route.operationId(), owner.postRaw(filled(route.template(), things), "form_token=x"));
      expectHeaders(
          route.operationId(),
          SERVER.browse(
              SERVER
                  .request("", filled(route.template(), things))
                  .header("Content-Type", "text/plain")
                  .POST(HttpRequest.BodyPublishers.ofString("x"))
                  .build()));
    }
  }

  private static void expectHeaders(String what, TestServer.Reply reply) {
    assertThat(reply.header("Cache-Control")).as(what).isEqualTo("no-store");
    assertThat(reply.response().headers().map().keySet())
        .as(what)
        .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-"))
        .doesNotContain("server", "x-powered-by");
    if (reply.text().isEmpty()) {
      return;
    }
    String type = reply.header("Content-Type");
    String policy = reply.header("Content-Security-Policy");
    assertThat(reply.header("X-Content-Type-Options")).as(what).isEqualTo("nosniff");
    if (type.startsWith("text/html")) {
      assertThat(type).as(what).isEqualTo("text/html; charset=utf-8");
      assertThat(policy)
          .as(what)
          .contains(
              "default-src 'none'",
              "base-uri 'none'",
              "frame-ancestors 'none'",
              "form-action 'self'",
              "script-src 'self';")
          .doesNotContain("unsafe", "*", "https:", "http:");
      assertThat(reply.header("Referrer-Policy")).as(what).isEqualTo("same-origin");
      assertThat(reply.header("Cross-Origin-Opener-Policy")).as(what).isEqualTo("same-origin");
      assertThat(reply.header("Cross-Origin-Resource-Policy")).as(what).isEqualTo("same-origin");
    } else {
      assertThat(type).as(what).startsWith("text/csv");
      assertThat(policy).as(what).contains("sandbox");
      assertThat(reply.header("Content-Disposition")).as(what).startsWith("attachment");
    }
  }

  /** X4: what looks like a file is no page, and nobody keeps it. */
  @Test
  void paths_thatLookLikeFiles_areNoPages() {
    SignedIn owner = SignedIn.as(own, Role.OWNER);
    Map<String, String> things = things(own, owner);
    for (JsonNode attack : Attacks.of("cache-paths.json")) {
      String path = filled(attack.path("path").asText(), things);
      RawHttp.Answer answer =
          RawHttp.send(
              SERVER.server().port(),
              "GET "
                  + path
                  + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: __Host-bitting="
                  + owner.cookie()
                  + "\r\n\r\n");
      assertThat(answer.statusLine()).as(path).containsPattern(" (400|404) ");
      assertThat(answer.text())
          .as(path)
          .containsIgnoringCase("Cache-Control: no-store")
          .doesNotContain(things.get("name"));
    }
  }

  // ---- A1

  /** A1: every page and form × a foreign id of each kind, in the path, the query and the form. */
  @Test
  void foreignIds_areAsIdsOfNothing_andNothingIsChanged() {
    SignedIn owner = SignedIn.as(own, Role.OWNER);
    SignedIn foreigner = SignedIn.as(other, Role.OWNER);
    Map<String, String> mine = things(own, owner);
    Map<String, String> foreign = things(other, foreigner);
    String before = other.everything().split("\n", 2)[1];
    List<String> faults = new ArrayList<>();
    int count = 0;
    for (String kind : List.of("key", "member", "invitation", "signIn", "passkey", "org")) {
      for (Route route : SERVER.server().pages()) {
        boolean inPath = route.template().contains("{" + kind + "}");
        boolean inForm =
            FIELDS.getOrDefault(route.operationId(), List.of()).contains("{" + kind + "}");
        if (inPath || inForm) {
          String as = asked(owner, route, mine, kind, foreign.get(kind));
          String never = asked(owner, route, mine, kind, NEVER);
          count++;
          if (!as.equals(never)) {
            faults.add(route.operationId() + " tells\n" + as + "\nfrom\n" + never);
          }
        }
      }
      for (String query : QUERIES) {
        if (query.contains("{" + kind + "}")) {
          String as = looked(owner, query, kind, foreign.get(kind));
          String never = looked(owner, query, kind, NEVER);
          count++;
          if (!as.equals(never)) {
            faults.add(query + " tells\n" + as + "\nfrom\n" + never);
          }
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(other.everything().split("\n", 2)[1]).isEqualTo(before);
    foreigner.page("/keys");
    assertThat(foreigner.page("/account")).contains("laptop");
    System.out.println("pages and forms with foreign ids: " + count + " answers as of nothing");
  }

  private static String asked(
      SignedIn who, Route route, Map<String, String> things, String kind, String id) {
    Map<String, String> changed = new java.util.HashMap<>(things);
    changed.put(kind, id);
    String path = address(route, changed);
    return comparable(
        route.method().equals("GET") ? who.get(path) : who.post(path, fields(route, changed)), id);
  }

  private static String looked(SignedIn who, String query, String kind, String id) {
    return comparable(who.get(query.replace("{" + kind + "}", id)), id);
  }

  private static String comparable(TestServer.Reply reply, String id) {
    return reply.status()
        + " "
        + reply.header("Location")
        + " "
        + reply.header("Set-Cookie")
        + "\n"
        + reply.text().replace(id, "ID").replaceAll("request <code>[0-9A-Za-z]{16}", "");
  }

  /** The control of the above: with one's own ids the same requests find something. */
  @Test
  void ownIds_areFound() {
    for (Route route : SERVER.server().pages()) {
      if (route.template().matches(".*\\{(key|member|invitation|signIn|passkey)}.*")) {
        Tenant mine = SERVER.tenant();
        SignedIn owner = SignedIn.as(mine, Role.OWNER);
        Map<String, String> things = things(mine, owner);
        if (route.operationId().equals("enableKeyForm")) {
          owner.post("/keys/" + things.get("key") + "/disable");
        }
        if (route.operationId().equals("endOverlapKeyForm")) {
          owner.post("/keys/" + things.get("key") + "/rotate", "overlap", "24h");
        }
        String path = address(route, things);
        TestServer.Reply reply =
            route.method().equals("GET")
                ? owner.get(path)
                : owner.post(path, fields(route, things));
        assertThat(reply.status()).as(route.operation() + reply.text()).isIn(200, 303);
      }
    }
  }

  // ---- A5

  /** So that a form that gets another name is not left out in silence. */
  @Test
  void fieldsOfForms_areOfFormsThatAreThere() {
    assertThat(pages("POST")).extracting(Route::operationId).containsAll(FIELDS.keySet());
    assertThat(FIELDS.keySet()).containsAll(TEXTS.keySet());
  }

  /** A5: fields that no form has change nothing about who does it, where, and as what. */
  @Test
  void unaskedFields_ofForms_changeNothing() {
    List<String> unasked = new ArrayList<>();
    SignedIn foreigner = SignedIn.as(other, Role.OWNER);
    Map<String, String> foreign =
        Map.of("member", foreigner.member().id().text(), "org", other.slug());
    for (JsonNode field : Attacks.of("unasked-fields.json")) {
      unasked.add(field.path("name").asText());
      unasked.add(filled(field.path("value").asText(), foreign));
    }
    String before = other.everything().split("\n", 2)[1];
    int done = 0;
    for (Route route : pages("POST")) {
      if (!FIELDS.containsKey(route.operationId())) {
        continue;
      }
      Tenant mine = SERVER.tenant();
      // An admin, whom the role of an owner would give more.
      SignedIn admin = SignedIn.as(mine, Role.ADMIN);
      Map<String, String> things = things(mine, admin);
      List<String> sent = new ArrayList<>(unasked);
      for (String each : List.of("role", "organization", "member")) {
        if (!FIELDS.get(route.operationId()).contains(each)) {
          sent.add(each);
          sent.add(each.equals("role") ? "owner" : foreign.getOrDefault(each, other.slug()));
        }
      }
      TestServer.Reply reply =
          admin.post(
              filled(route.template(), things), fields(route, things, sent.toArray(String[]::new)));
      assertThat(reply.status()).as(route.operation() + reply.text()).isLessThan(500);
      JsonNode last = mine.events().get(0);
      if (reply.status() < 400
          && last.at("/actor/kind").asText().equals("member")
          && last.at("/actor/id").asText().equals(admin.member().id().text())) {
        done++;
      }
      for (JsonNode member : SERVER.items(mine.owner(), mine.path("/members"), 200)) {
        assertThat(member.path("role").asText()).as(route.operation()).isNotEqualTo("owner");
      }
      assertThat(mine.keys())
          .as(route.operation())
          .noneMatch(key -> key.at("/created_by/id").asText().equals(foreign.get("member")));
    }
    assertThat(other.everything().split("\n", 2)[1]).isEqualTo(before);
    foreigner.page("/keys");
    // The control: nearly all of them did what they are for, by whoever sent them.
    assertThat(done).isGreaterThan(13);
  }

  /** A5: in a body they are refused, whatever else is right in it. */
  @Test
  void unaskedMembers_ofBodies_areRefused() {
    Tenant mine = SERVER.tenant();
    Tenant.Made key = mine.key(shop, "orders:read");
    String id = mine.member(Role.MEMBER);
    Map<String, String> foreign = Map.of("member", id, "org", other.slug());
    String before = mine.everything();
    int count = 0;
    for (Route route : SERVER.server().routes()) {
      if (!route.template().contains("{org}")
          || !route.mediaTypes().equals(java.util.Set.of("application/json"))) {
        continue;
      }
      String path =
          route
              .template()
              .replace("{org}", mine.slug())
              .replace("{key}", key.id())
              .replace("{member}", id)
              .replace("{invitation}", NEVER);
      String right =
          BorderTest.BODIES.getOrDefault(route.operationId(), "{}").replace("{key}", key.id());
      for (JsonNode field : Attacks.of("unasked-fields.json")) {
        String member =
            TestServer.json(
                field.path("name").asText(), filled(field.path("value").asText(), foreign));
        String body =
            right.equals("{}") ? member : member.replaceFirst("}$", ",") + right.substring(1);
        TestServer.Reply reply =
            SERVER.send(route.method(), mine.owner(), path, "application/json", body);
        assertThat(reply.status()).as(route.operation() + body + reply.text()).isBetween(400, 499);
        count++;
      }
    }
    assertThat(mine.everything()).isEqualTo(before);
    assertThat(count).isGreaterThan(100);
  }

  // ---- names

  /** X1, U2: what does not print, or covers what is beside it, is refused in each form. */
  @Test
  void textsThatDoNotPrint_areRefused() {
    SignedIn owner = SignedIn.as(own, Role.OWNER);
    Map<String, String> things = things(own, owner);
    String before = own.everything();
    for (Route route : pages("POST")) {
      for (String field : TEXTS.getOrDefault(route.operationId(), List.of())) {
        for (JsonNode attack : Attacks.of("refused-names.json")) {
          String[] fields = fields(route, things, field, "");
          for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equals(field)) {
              fields[i + 1] = Attacks.unfold(attack.path("text").asText());
            }
          }
          TestServer.Reply reply = owner.post(filled(route.template(), things), fields);
          assertThat(reply.status())
              .as(route.operation() + " " + field + " " + attack.path("name").asText())
              .isIn(400, 413, 422);
        }
      }
    }
    assertThat(own.everything()).isEqualTo(before);
  }

  /** X6: nobody writes a line of a log but the server, nor what a terminal obeys. */
  @Test
  void logs_haveNoLinesOfOthers() {
    SignedIn owner = SignedIn.as(own, Role.OWNER);
    Map<String, String> things = things(own, owner);
    String line = "x\r\nERROR forged\u001b[2J\u202e";
    String logged;
    try (AllLogs logs = new AllLogs()) {
      for (Route route : pages("POST")) {
        List<String> fields = new ArrayList<>();
        for (String field :
            List.of(
                "name", "purpose", "note", "reason", "mail", "password", "code", "confirm", "to")) {
          fields.add(field);
          fields.add(line);
        }
        owner.post(filled(route.template(), things), fields.toArray(String[]::new));
      }
      owner.get("/keys/%0D%0AERROR%20forged%1B%5B2J");
      owner.get("/keys?q=%0D%0AERROR%20forged%1B%5B2J");
      owner.get("/sign-in?to=%0D%0AERROR%20forged");
      logged = logs.text();
    }
    assertThat(logged)
        .doesNotContain("\u001b[2J", "\u202e")
        .doesNotContainPattern("(?m)^ERROR forged");
  }
}
