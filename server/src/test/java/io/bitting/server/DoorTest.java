package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.fixtures.MutableClock;
import io.bitting.organization.Role;
import io.bitting.server.http.Route;
import io.bitting.server.signin.Codes;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The door of the console over HTTP, as a browser comes: ASVS 3.3, 3.5, 3.7.2, 6.1 to 6.4, 7.1 to
 * 7.5, and X7 to X9 of the threats.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DoorTest {
  private static final String PHRASE = "sieben müde Igel im Laub";
  private static final String SHORT = "Qx7!vbT2";
  private static final Pattern SEED = Pattern.compile("data-secret>([A-Z2-7 ]{32,})</code>");

  /** What anybody may open. */
  private static final Set<String> FOR_ANYBODY =
      Set.of("showSignInPage", "showSetupPage", "showJoinPage", "showAsset");

  /** Where whoever has to enrol a second factor gets on. */
  private static final Set<String> FOR_ENROLMENT =
      Set.of(
          "showEnrolPage",
          "takeApp",
          "takePasskey",
          "takeSignOut",
          // Begin anew, or join somewhere else: no way to do anything as who one is.
          "takeSignIn",
          "takePasskeySignIn",
          "takeSetup",
          "takeJoinCode",
          "takeJoin");

  private final MutableClock clock = new MutableClock();
  private TestServer server;

  @BeforeAll
  void start() {
    // What is signed in now is compared with what other fixtures write now.
    clock.set(Instant.parse("2026-03-01T09:00:00Z"));
    server = TestServer.start(clock, List.of());
  }

  @AfterAll
  void stop() {
    server.close();
  }

  static List<JsonNode> ways() {
    return Attacks.of("ways-out.json");
  }

  private TestBrowser browser() {
    return new TestBrowser(server);
  }

  private static void leads(TestServer.Reply reply, String to) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(303);
    assertThat(reply.header("Location")).isEqualTo(to);
  }

  /** Somebody who joined by an invitation, and their browser. */
  private final class Ada {
    final Tenant tenant;
    final TestBrowser browser = browser();
    final String mail;
    final String password;
    String seed = "";
    List<String> codes = List.of();

    Ada(Tenant tenant, Role role, String password) {
      this.tenant = tenant;
      this.password = password;
      JsonNode made = tenant.invite(role);
      mail = made.path("invitation").path("mail").asText();
      String code = made.path("code").asText();
      assertThat(made.path("link").asText()).endsWith("/join#" + code);
      assertThat(browser.page("/join")).contains("Code of the invitation");
      TestServer.Reply opened = browser.post("/join/code", "code", code);
      assertThat(opened.status()).isEqualTo(200);
      assertThat(opened.text()).contains(mail, role.code());
      leads(
          browser.post("/join", "code", code, "name", "Ada", "password", password),
          "/account/factors/new");
    }

    Ada(String password) {
      this(server.tenant(), Role.MEMBER, password);
    }

    Ada withApp() {
      Matcher found = SEED.matcher(browser.page("/account/factors/new"));
      assertThat(found.find()).isTrue();
      seed = found.group(1).replace(" ", "");
      TestServer.Reply shown = browser.post("/account/app", "code", code());
      assertThat(shown.status()).as(shown.text()).isEqualTo(200);
      codes = new ArrayList<>();
      Matcher each = Pattern.compile("<li><code>([0-9A-Z-]{34})</code>").matcher(shown.text());
      while (each.find()) {
        codes.add(each.group(1));
      }
      clock.advance(Duration.ofMinutes(1));
      return this;
    }

    String code() {
      return Codes.of(seed, clock.instant());
    }

    TestServer.Reply signIn(TestBrowser where) {
      where.get("/sign-in?again=1");
      return where.post("/sign-in", "mail", mail, "password", password, "to", "/keys");
    }
  }

  // ---- first owner

  /** 6.3.2, 13.2.3: nobody signs in before the code is redeemed, which is done once. */
  @Test
  void setup_firstOwner_byTheCodeOnce() {
    try (TestServer fresh = TestServer.startWithoutOwner(clock, List.of())) {
      TestBrowser browser = new TestBrowser(fresh);
      assertThat(browser.page("/setup")).contains("first owner");
      for (String[] usual :
          new String[][] {{"admin@example.com", "admin"}, {"admin@localhost.local", "bitting"}}) {
        assertThat(browser.post("/sign-in", "mail", usual[0], "password", usual[1]).status())
            .isEqualTo(403);
      }
      String code = fresh.server().setupCodeIfNone().orElseThrow().text();
      String[] form = {
        "code",
        code,
        "organization",
        "Müller & Söhne",
        "name",
        "Ada",
        "mail",
        "ada@example.com",
        "password",
        SHORT
      };
      String[] wrong = form.clone();
      wrong[1] = "x";
      assertThat(browser.post("/setup", wrong).status()).isEqualTo(403);
      String[] short7 = form.clone();
      short7[9] = "1234567";
      TestServer.Reply again = browser.post("/setup", short7);
      assertThat(again.status()).isEqualTo(422);
      assertThat(again.text()).contains("it needs 8", "value=\"Ada\"").doesNotContain("1234567\"");
      leads(browser.post("/setup", form), "/account/factors/new");
      leads(browser.get("/keys"), "/sign-in/second-factor?to=%2Fkeys");
      leads(browser.get("/sign-in/second-factor?to=%2Fkeys"), "/account/factors/new");

      Matcher found = SEED.matcher(browser.page("/account/factors/new"));
      assertThat(found.find()).isTrue();
      String seed = found.group(1).replace(" ", "");
      assertThat(browser.post("/account/app", "code", "000000").status()).isEqualTo(422);
      assertThat(browser.post("/account/app", "code", Codes.of(seed, clock.instant())).text())
          .contains("Recovery codes");
      assertThat(browser.page("/keys")).contains("Müller &amp; Söhne", "owner of");

      TestBrowser eve = new TestBrowser(fresh);
      assertThat(eve.page("/setup")).contains("has an owner");
      assertThat(eve.post("/setup", form).status()).isEqualTo(403);
      assertThat(fresh.post("", "/v1/setup", TestServer.json("code", code)).status())
          .isEqualTo(403);
    }
  }

  /** A code of an organization that the operator made; the same person may own several. */
  @Test
  void setup_ofAnOrganization_byItsCode_byWhoIsKnownToo() {
    Ada ada = new Ada(PHRASE);
    String slug = server.unique("second");
    String code =
        server
            .post(
                server.ownerToken(),
                "/v1/organizations",
                TestServer.json("slug", slug, "name", "Second"))
            .ok()
            .json()
            .path("setup_code")
            .asText();
    TestBrowser browser = browser();
    browser.page("/setup");
    assertThat(
            browser
                .post("/setup", "code", code, "name", "x", "mail", ada.mail, "password", "no")
                .status())
        .isEqualTo(422);
    TestServer.Reply faulty =
        browser.post("/setup", "code", code, "name", "", "mail", "ada", "password", "short");
    assertThat(faulty.status()).isEqualTo(422);
    assertThat(faulty.text())
        .contains("id=\"name-fault\"", "id=\"mail-fault\"", "id=\"password-fault\"");
    leads(
        browser.post("/setup", "code", code, "name", "x", "mail", ada.mail, "password", PHRASE),
        "/account/factors/new");
    assertThat(browser.page("/keys")).contains("owner of Second");
    leads(browser.post("/organization", "organization", ada.tenant.slug()), "/keys");
    assertThat(browser.page("/keys")).contains("Switch to Second", "member of Tenant");
    leads(browser.post("/organization", "organization", slug), "/keys");
    // What is not one's own is not looked at.
    leads(browser.post("/organization", "organization", "operator"), "/keys");
    assertThat(browser.page("/keys")).contains("owner of Second");
    browser.toss("__Host-bitting-organization", "operator");
    assertThat(browser.page("/keys")).doesNotContain("of Operator");
  }

  // ---- signing in

  /** 6.3.8: the same status, length and words for known and unknown. */
  @Test
  void signIn_unknownAndWrong_areAnsweredTheSame() {
    Ada ada = new Ada(PHRASE);
    String nobody = "x".repeat(ada.mail.indexOf('@')) + "@example.com";
    assertThat(nobody).hasSameSizeAs(ada.mail);
    TestBrowser browser = browser();
    browser.page("/sign-in");
    TestServer.Reply wrong =
        browser.post("/sign-in", "mail", ada.mail, "password", "wrong", "to", "/keys");
    TestServer.Reply unknown =
        browser.post("/sign-in", "mail", nobody, "password", "wrong", "to", "/keys");
    assertThat(wrong.status()).isEqualTo(403).isEqualTo(unknown.status());
    assertThat(wrong.text().replace(ada.mail, "")).isEqualTo(unknown.text().replace(nobody, ""));
    assertThat(wrong.text()).hasSameSizeAs(unknown.text()).doesNotContain("value=\"wrong\"");
  }

  /** 6.1.1, 6.3.1, B2: guesses wait; a browser that was used before does not. */
  @Test
  void signIn_guesses_wait_andTheVictimDoesNot() {
    Ada ada = new Ada(PHRASE);
    TestBrowser eve = browser();
    eve.page("/sign-in");
    for (int i = 0; i < 5; i++) {
      assertThat(eve.post("/sign-in", "mail", ada.mail, "password", "guess").status())
          .isEqualTo(403);
    }
    TestServer.Reply waits = eve.post("/sign-in", "mail", ada.mail, "password", PHRASE);
    assertThat(waits.status()).isEqualTo(429);
    assertThat(Integer.parseInt(waits.header("Retry-After"))).isBetween(1, 30);
    leads(ada.signIn(ada.browser), "/keys");
  }

  /** 7.2.4, X7: whatever cookie a browser came with, it leaves with another; the first is dead. */
  @Test
  void signIn_fixedCookies_areReplaced() {
    Ada ada = new Ada(PHRASE).withApp();
    TestBrowser browser = browser();
    String tossed = "0123456789abcdefghijklmnopqrstuv";
    browser.toss("__Host-bitting", tossed);
    leads(ada.signIn(browser), "/sign-in/second-factor?to=%2Fkeys");
    String half = browser.cookie();
    assertThat(half).matches("[0-9A-Za-z]{32}").isNotEqualTo(tossed);
    browser.page("/sign-in/second-factor?to=%2Fkeys");
    leads(browser.post("/sign-in/second-factor", "code", ada.code(), "to", "/keys"), "/keys");
    assertThat(browser.cookie()).isNotEqualTo(half);
    TestBrowser late = browser();
    late.toss("__Host-bitting", half);
    leads(late.get("/keys"), "/sign-in?to=%2Fkeys");
    assertThat(late.cookie()).isEmpty();
    // Signing in again ends what the browser had before.
    String before = browser.cookie();
    ada.signIn(browser);
    late.toss("__Host-bitting", before);
    leads(late.get("/keys"), "/sign-in?to=%2Fkeys");
    // The same cookie twice is none.
    TestServer.Reply twice =
        browser.send(
            server
                .request("", "/keys")
                .header(
                    "Cookie",
                    "__Host-bitting="
                        + ada.browser.cookie()
                        + "; __Host-bitting="
                        + ada.browser.cookie())
                .GET()
                .build());
    leads(twice, "/sign-in?to=%2Fkeys");
  }

  /** 7.2.2: a key is no sign-in, and a cookie no key. */
  @Test
  void keysAndCookies_areNotTakenForEachOther() {
    Ada ada = new Ada(PHRASE);
    leads(
        browser().send(server.request(server.ownerToken(), "/account").GET().build()),
        "/sign-in?to=/account");
    for (String path : List.of("/v1/whoami", ada.tenant.path("/api-keys"))) {
      assertThat(server.send(ada.browser.request(path).GET().build()).status()).isEqualTo(401);
    }
    HttpRequest check =
        ada.browser
            .request("/v1/verify")
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    TestServer.json("token", ada.browser.cookie(), "api", "bitting")))
            .build();
    assertThat(server.send(check).status()).isEqualTo(401);
  }

  /** 3.7.2. */
  @ParameterizedTest
  @MethodSource("ways")
  void signIn_waysOut_leadInside(JsonNode way) {
    String to = Attacks.unfold(way.path("to").asText());
    Ada ada = new Ada(PHRASE);
    TestBrowser browser = browser();
    browser.page("/sign-in");
    leads(browser.post("/sign-in", "mail", ada.mail, "password", PHRASE, "to", to), "/keys");
  }

  // ---- forms of others

  /** 3.5.1 to 3.5.3, X2: every form, forged in every way, changes nothing, and none is left out. */
  @Test
  void forms_forged_changeNothing() {
    Ada ada = new Ada(PHRASE).withApp();
    String theirs = new Ada(PHRASE).browser.token();
    int tried = 0;
    for (Route route : server.server().pages()) {
      if (!route.method().equals("POST")) {
        continue;
      }
      ada.browser.page("/sign-in?again=1");
      String strangers = ada.browser.token();
      ada.browser.page("/account");
      String own = isStrangers(route) ? strangers : ada.browser.token();
      String path = route.template().replaceAll("\\{[^}]*}", "abc");
      String before = ada.tenant.everything();
      for (JsonNode attack : Attacks.of("forged-forms.json")) {
        String token =
            switch (attack.path("token").asText()) {
              case "own" -> own;
              case "theirs" -> theirs;
              default -> attack.path("token").asText();
            };
        HttpRequest.Builder request =
            ada.browser
                .request(path)
                .header(
                    "Content-Type",
                    attack.path("media").asText("application/x-www-form-urlencoded"))
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        TestBrowser.form(token, "mail", ada.mail, "password", PHRASE)));
        attack
            .path("headers")
            .properties()
            .forEach(header ->
                request.header(
                    header.getKey(),
                    header
                        .getValue()
                        .asText()
                        .replace("{base}", server.server().baseUrl())
                        .replace("{authority}", server.uri("/").getAuthority())));
        TestServer.Reply reply = server.browse(request.build());
        assertThat(reply.status())
            .as(route.operation() + " " + attack.path("name").asText() + " " + reply.text())
            .isEqualTo(attack.has("media") ? 415 : 403);
        assertThat(reply.response().headers().allValues("set-cookie")).isEmpty();
        tried++;
      }
      assertThat(ada.tenant.everything()).as(route.operation()).isEqualTo(before);
    }
    assertThat(tried).isGreaterThan(150);
    ada.browser.page("/account");
  }

  private static boolean isStrangers(Route route) {
    return Set.of("takeSignIn", "takePasskeySignIn", "takeSetup", "takeJoin", "takeJoinCode")
        .contains(route.operationId());
  }

  // ---- a second factor for everybody

  /** 6.3.3, X8: from that time on nobody without one does anything but enrol, on any page. */
  @Test
  void mfaRequired_withoutAFactor_everyPageLeadsToEnrolment() {
    Ada ada = new Ada(PHRASE);
    assertThat(ada.browser.page("/account")).contains("You have none");
    server
        .patch(
            ada.tenant.owner(),
            ada.tenant.path(""),
            TestServer.json("mfa_required_from", clock.instant().plusSeconds(60).toString()))
        .ok();
    ada.browser.page("/account");
    clock.advance(Duration.ofSeconds(60));
    everyPageLeadsToEnrolment(ada.browser);
    // Whoever signs in anew is in the same place.
    TestBrowser other = browser();
    ada.signIn(other);
    everyPageLeadsToEnrolment(other);

    ada.withApp();
    assertThat(ada.browser.page("/account")).contains("Authenticator app");
    TestServer.Reply last = ada.browser.post("/account/app/remove");
    assertThat(last.status()).isEqualTo(403);
    assertThat(last.text()).contains("requires a second factor");
    // The other sign-in has not proved it.
    leads(other.get("/keys"), "/sign-in/second-factor?to=%2Fkeys");
  }

  /** Whoever is kept out of one organization still gets to another one, and to nothing else. */
  @Test
  void mfaRequired_inOneOrganization_leavesTheWayToAnother() {
    Ada ada = new Ada(PHRASE);
    Tenant strict = server.tenant();
    String code = strict.invite(ada.mail, Role.MEMBER).ok().json().path("code").asText();
    TestBrowser browser = browser();
    browser.page("/join");
    leads(
        browser.post("/join", "code", code, "name", "Ada", "password", PHRASE),
        "/account/factors/new");
    assertThat(browser.page("/account/factors/new")).doesNotContain("action=\"/organization\"");
    server
        .patch(
            strict.owner(),
            strict.path(""),
            TestServer.json("mfa_required_from", clock.instant().toString()))
        .ok();

    leads(browser.get("/keys"), "/account/factors/new");
    assertThat(browser.page("/account/factors/new"))
        .contains("nothing else to do in Tenant " + strict.slug() + ".")
        .contains("name=\"organization\" value=\"" + ada.tenant.slug() + "\"")
        .doesNotContain("value=\"" + strict.slug() + "\"");
    leads(browser.post("/organization", "organization", strict.slug()), "/keys");
    leads(browser.get("/keys"), "/account/factors/new");
    leads(browser.post("/organization", "organization", ada.tenant.slug()), "/keys");
    assertThat(browser.page("/keys")).contains("value=\"" + strict.slug() + "\"");
    // A form of another site changes nothing.
    assertThat(browser.postWith("x", "/organization", "organization", strict.slug()).status())
        .isEqualTo(403);
    browser.page("/keys");
  }

  /** A password that is too short to be the only factor does not get anywhere by it. */
  @Test
  void switchOrganization_beforeAllIsProved_leadsToWhatIsMissing() {
    Ada ada = new Ada(SHORT);
    ada.browser.page("/account/factors/new");
    leads(
        ada.browser.post("/organization", "organization", ada.tenant.slug()),
        "/account/factors/new");
    ada.withApp();
    TestBrowser half = browser();
    ada.signIn(half);
    half.page("/sign-in/second-factor?to=%2Fkeys");
    leads(
        half.post("/organization", "organization", ada.tenant.slug()),
        "/sign-in/second-factor?to=%2Fkeys");
  }

  private void everyPageLeadsToEnrolment(TestBrowser browser) {
    browser.page("/account/factors/new");
    for (Route route : server.server().pages()) {
      if (FOR_ANYBODY.contains(route.operationId())
          || FOR_ENROLMENT.contains(route.operationId())) {
        continue;
      }
      String path = route.template().replaceAll("\\{[^}]*}", "abc");
      TestServer.Reply reply =
          route.method().equals("GET") ? browser.get(path) : browser.post(path);
      assertThat(reply.status()).as(route.operation()).isBetween(303, 403);
      if (reply.status() == 303) {
        assertThat(reply.header("Location"))
            .as(route.operation())
            .isIn("/account/factors/new", "/keys");
      }
    }
    leads(browser.get("/keys"), "/account/factors/new");
  }

  /** X8: nor with the password alone by who has a factor. */
  @Test
  void secondFactorMissing_everyPageLeadsToIt() {
    Ada ada = new Ada(PHRASE).withApp();
    TestBrowser half = browser();
    ada.signIn(half);
    half.page("/sign-in/second-factor?to=%2Fkeys");
    String before = ada.tenant.everything();
    for (Route route : server.server().pages()) {
      if (FOR_ANYBODY.contains(route.operationId())
          || isStrangers(route)
          || Set.of(
                  "takeSignOut",
                  "showSecondFactorPage",
                  "takeSecondFactor",
                  "takeSecondPasskey",
                  "takeRecoveryCode")
              .contains(route.operationId())) {
        continue;
      }
      String path = route.template().replaceAll("\\{[^}]*}", "abc");
      TestServer.Reply reply = route.method().equals("GET") ? half.get(path) : half.post(path);
      assertThat(reply.status()).as(route.operation()).isEqualTo(303);
      assertThat(reply.header("Location"))
          .as(route.operation())
          .startsWith("/sign-in/second-factor?");
    }
    assertThat(ada.tenant.everything()).isEqualTo(before);
  }

  /** X9: what is there for who is not signed in, by the list of routes; and it is printed. */
  @Test
  void withoutCookie_onlyTheDoorIsThere() {
    List<String> there = new ArrayList<>();
    for (Route route : server.server().pages()) {
      String path = route.template().replaceAll("\\{[^}]*}", "abc");
      TestServer.Reply reply =
          route.method().equals("GET") ? browser().get(path) : browser().post(path);
      boolean away = reply.status() == 303 && reply.header("Location").startsWith("/sign-in");
      if (route.method().equals("GET") && !away) {
        there.add(route.operationId());
      } else if (!away) {
        // A form of a stranger wants a cookie and a token, both of which the door gives.
        assertThat(isStrangers(route)).as(route.operation()).isTrue();
        assertThat(reply.status()).as(route.operation()).isEqualTo(403);
      }
    }
    assertThat(there).containsExactlyInAnyOrderElementsOf(FOR_ANYBODY).hasSizeLessThan(11);
    System.out.println("pages for anybody: " + String.join(", ", there));
  }

  // ---- recovery

  /** 6.4.3, 6.5: a recovery code lets in once, and the factor is still asked for afterwards. */
  @Test
  void recoveryCode_letsInOnce() {
    Ada ada = new Ada(PHRASE).withApp();
    assertThat(ada.codes).hasSize(10);
    TestBrowser browser = browser();
    ada.signIn(browser);
    browser.page("/sign-in/second-factor?to=%2Faccount");
    leads(
        browser.post(
            "/sign-in/recovery",
            "recovery_code",
            ada.codes.get(0).toLowerCase(java.util.Locale.ROOT).replace("-", " "),
            "to",
            "/account"),
        "/account");
    assertThat(browser.page("/account")).contains("9 of 10 left");
    TestBrowser again = browser();
    leads(ada.signIn(again), "/sign-in/second-factor?to=%2Fkeys");
    again.page("/sign-in/second-factor?to=%2Fkeys");
    assertThat(again.post("/sign-in/recovery", "recovery_code", ada.codes.get(0)).status())
        .isEqualTo(403);
    leads(again.get("/keys"), "/sign-in/second-factor?to=%2Fkeys");
  }

  // ---- the account

  /** 7.5.1: older than ten minutes, and the factor is asked for once more; then one gets on. */
  @Test
  void account_sensitiveActs_takeAFreshFactor() {
    Ada ada = new Ada(PHRASE).withApp();
    clock.advance(Duration.ofMinutes(11));
    ada.browser.page("/account");
    leads(ada.browser.post("/account/codes"), "/sign-in/second-factor?fresh=1&to=%2Faccount");
    leads(
        ada.browser.get("/account/factors/new"),
        "/sign-in/second-factor?fresh=1&to=%2Faccount%2Ffactors%2Fnew");
    assertThat(ada.browser.page("/sign-in/second-factor?fresh=1&to=%2Faccount"))
        .contains("once more");
    leads(
        ada.browser.post("/sign-in/second-factor", "code", ada.code(), "to", "/account"),
        "/account");
    ada.browser.page("/account");
    TestServer.Reply codes = ada.browser.post("/account/codes");
    assertThat(codes.status()).isEqualTo(200);
    assertThat(codes.text()).doesNotContain(ada.codes.get(0)).contains("<li><code>");
  }

  /** 6.2.2, 6.2.3, 7.4.3. */
  @Test
  void account_password_changes_andTheOthersEnd() {
    Ada ada = new Ada(PHRASE);
    TestBrowser other = browser();
    ada.signIn(other);
    other.page("/account");
    ada.browser.page("/account");
    TestServer.Reply wrong =
        ada.browser.post(
            "/account/password", "current_password", "no", "new_password", PHRASE + " 2");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.text()).contains("this is not your password");
    leads(
        ada.browser.post(
            "/account/password", "current_password", PHRASE, "new_password", PHRASE + " 2"),
        "/account");
    assertThat(ada.browser.page("/account")).contains("signed out everywhere else");
    leads(other.get("/account"), "/sign-in?to=/account");
  }

  /** 7.4.1, 7.5.2, 14.3.1: one sees one's sign-ins and ends them; nothing is left afterwards. */
  @Test
  void signOut_andEndingOthers_areAtOnce() {
    Ada ada = new Ada(PHRASE);
    TestBrowser other = browser();
    ada.signIn(other);
    String page = ada.browser.page("/account");
    assertThat(page).contains("Firefox on Linux", "this one");
    Matcher end = Pattern.compile("/account/sign-ins/([0-9A-Za-z]+)/end").matcher(page);
    assertThat(end.find()).isTrue();
    leads(ada.browser.post(end.group()), "/account");
    leads(other.get("/account"), "/sign-in?to=/account");

    String cookie = ada.browser.cookie();
    ada.browser.page("/account");
    TestServer.Reply out = ada.browser.post("/sign-out");
    leads(out, "/sign-in");
    assertThat(out.header("Clear-Site-Data")).isEqualTo("\"cache\", \"storage\"");
    assertThat(ada.browser.cookie()).isEmpty();
    TestBrowser thief = browser();
    thief.toss("__Host-bitting", cookie);
    leads(thief.get("/keys"), "/sign-in?to=%2Fkeys");
  }

  /** 7.3.1, 7.3.2. */
  @Test
  void signIn_idleOrOld_isOver() {
    Ada ada = new Ada(PHRASE);
    clock.advance(Duration.ofMinutes(30));
    leads(ada.browser.get("/keys"), "/sign-in?to=%2Fkeys");
    ada.signIn(ada.browser);
    for (int i = 0; i < 35; i++) {
      clock.advance(Duration.ofMinutes(20));
      ada.browser.page("/account");
    }
    clock.advance(Duration.ofMinutes(20));
    leads(ada.browser.get("/keys"), "/sign-in?to=%2Fkeys");
  }

  /** 7.4.2, A10: who is removed, or leaves, is nobody from then on. */
  @Test
  void removedOrGone_nextCallIsRefused() {
    Tenant tenant = server.tenant();
    Ada owner = new Ada(tenant, Role.AUDITOR, PHRASE);
    Ada ada = new Ada(tenant, Role.AUDITOR, PHRASE);
    String id =
        server.items(tenant.owner(), tenant.path("/members"), 200).stream()
            .filter(member -> member.path("mail").asText().equals(ada.mail))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asText();
    server.post(tenant.owner(), tenant.path("/members/" + id + "/remove"), "").ok();
    leads(ada.browser.get("/keys"), "/sign-in?to=%2Fkeys");

    owner.browser.page("/account");
    leads(owner.browser.post("/organization/leave", "organization", tenant.slug()), "/account");
    leads(owner.browser.get("/account"), "/sign-in?to=/account");
    assertThat(owner.browser.page("/sign-in?to=/account"))
        .contains("You have left Tenant " + tenant.slug() + ".");
    assertThat(owner.browser.page("/sign-in?to=/account")).doesNotContain("You have left");
    assertThat(tenant.events().get(0).path("action").asText()).isEqualTo("member.left");
  }

  /** 6.4.1: replayed and expired codes open nothing. */
  @Test
  void join_replayedOrExpired_isRefused() {
    Tenant tenant = server.tenant();
    String code = tenant.invite(Role.AUDITOR).path("code").asText();
    TestBrowser browser = browser();
    browser.page("/join");
    leads(
        browser.post("/join", "code", code, "name", "Ada", "password", PHRASE),
        "/account/factors/new");
    TestBrowser eve = browser();
    eve.page("/join");
    assertThat(eve.post("/join/code", "code", code).status()).isEqualTo(403);
    assertThat(eve.post("/join", "code", code, "name", "Eve", "password", PHRASE).status())
        .isEqualTo(403);
  }
}
