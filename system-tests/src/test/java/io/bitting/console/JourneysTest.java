package io.bitting.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import io.bitting.cli.demo.Demo;
import io.bitting.fixtures.MutableClock;
import io.bitting.server.TestServer;
import io.bitting.server.console.Chromium;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole ways of people through the console, over the demo, in Chromium. */
final class JourneysTest {
  private static final String OWNER = "ada@example.com";
  private static final String PASSWORD = "a tall ship and a star to steer her by";
  private static final Pattern FIX = Pattern.compile("\"fix\":\"([^\"]*)\"");

  @TempDir private static Path folder;

  private static final MutableClock CLOCK = new MutableClock();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static Demo demo;
  private static Chromium chromium;

  /** The first owner, who stays signed in. */
  private static Visitor ada;

  private static List<String> adasCodes = List.of();

  @BeforeAll
  static void becomeTheOwner() throws IOException {
    // Passkeys want a name for the site, so that the port has to be known before.
    demo = Demo.start(folder.resolve("demo"), TestServer.freePort(), 0, CLOCK);
    chromium = Chromium.start();
    ada = new Visitor(chromium, demo.baseUrl(), CLOCK);
    ada.setUp(demo.setupLink(), "", OWNER, PASSWORD);
    adasCodes = ada.enrolApp();
    assertThat(adasCodes).hasSize(10);
  }

  @AfterAll
  static void stop() {
    try {
      ada.close();
    } finally {
      chromium.close();
      demo.close();
      CLIENT.close();
    }
  }

  private static HttpResponse<String> call(String token, String method, String path) {
    try {
      return CLIENT.send(
          HttpRequest.newBuilder(URI.create(demo.baseUrl() + path))
              .header("Authorization", "Bearer " + token)
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int scans(String token) {
    return call(token, "GET", "/demo/appsec/scans").statusCode();
  }

  /** Makes a key for scans and takes its token from the page that shows it once. */
  private static String makeKey(Visitor visitor, String name) {
    visitor.open("/keys/new?api=appsec");
    visitor.field("Name").fill(name);
    visitor.page().locator("input[name=scopes][value='scans:read']").check();
    visitor.page().locator("input[name=scopes][value='scans:run']").check();
    assertThat(visitor.page().locator("[data-summary]"))
        .hasText("2 scopes in 1 group · 1 can change data · 0 destructive");
    visitor.button("Create key").click();
    return token(visitor);
  }

  private static String token(Visitor visitor) {
    Locator field = visitor.page().locator("#token");
    field.waitFor();
    String token = field.inputValue();
    visitor.button("Verify it now").click();
    assertThat(visitor.page().locator("[data-verify] [role=status]")).containsText("It works");
    visitor.link("I have stored it").click();
    return token;
  }

  @Test
  void key_fromItsMakingToItsEnd() {
    String token = makeKey(ada, "journey");
    assertThat(scans(token)).isEqualTo(200);
    HttpResponse<String> refused = call(token, "DELETE", "/demo/appsec/scans/1");
    assertThat(refused.statusCode()).isEqualTo(403);

    // The refusal leads to the replacement that has what is missing.
    Matcher fix = FIX.matcher(refused.body());
    assertThat(fix.find()).as(refused.body()).isTrue();
    ada.open(fix.group(1).replace("\\u0026", "&"));
    ada.sees("Replace journey");
    assertThat(ada.page().locator("input[name=scopes][value='scans:delete']")).isChecked();
    assertThat(ada.page().locator("input[name=scopes][value='scans:read']")).isChecked();
    assertThat(ada.page().locator("[data-difference]")).containsText("scans:delete");
    ada.button("Create the new key").click();
    String wider = token(ada);
    assertThat(call(wider, "DELETE", "/demo/appsec/scans/1").statusCode()).isEqualTo(204);
    assertThat(scans(token)).as("during the overlap").isEqualTo(200);

    // Another secret for the same key.
    ada.link("Rotate journey").click();
    ada.button("Rotate key").click();
    String rotated = token(ada);
    assertThat(scans(rotated)).isEqualTo(200);
    assertThat(scans(wider)).as("during the overlap").isEqualTo(200);
    ada.seesText("Two tokens are accepted.");
    ada.button("End overlap now").click();
    ada.sees("journey");
    assertThat(scans(wider)).isEqualTo(401);

    // Of its three scopes it uses one: the review offers the key that has no more.
    assertThat(ada.path()).startsWith("/keys/");
    String page = ada.path();
    ada.open("/review?show=all");
    ada.seesText("journey");

    ada.open(page);
    ada.link("Revoke journey").click();
    ada.field("Name of the key").fill("another name");
    ada.button("Revoke key").click();
    assertThat(scans(rotated)).as("the name was wrong").isEqualTo(200);
    ada.field("Name of the key").fill("journey");
    ada.button("Revoke key").click();
    ada.seesText("Revoked");
    assertThat(scans(rotated)).isEqualTo(401);
    assertThat(ada.page().content()).doesNotContain(rotated).doesNotContain(wider);
  }

  /** What a key was really used for is in the ledger a moment later, and so in the review. */
  @Test
  void review_ofAKeyThatMayTooMuch_makesANarrowerOne() {
    String wide = demo.admin().token().reveal();
    assertThat(scans(wide)).isEqualTo(200);
    Locator narrower = ada.link("Make a narrower key for demo-admin");
    for (int i = 0; i < 100 && narrower.count() == 0; i++) {
      ada.open("/review");
    }
    narrower.click();
    ada.sees("Replace demo-admin");
    assertThat(ada.page().locator("input[name=scopes]:checked")).hasCount(1);
    ada.button("Create the new key").click();
    String narrow = token(ada);
    assertThat(scans(narrow)).isEqualTo(200);
    assertThat(call(narrow, "DELETE", "/demo/appsec/scans/1").statusCode()).isEqualTo(403);

    // Whatever else is to be decided can be kept for a reason.
    ada.open("/review");
    Locator owner =
        ada.page().locator("li").filter(new Locator.FilterOptions().setHasText("demo-owner"));
    owner.locator("details.keep summary").click();
    owner.getByLabel("Why it is kept").fill("it makes the demo");
    owner
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Keep key demo-owner"))
        .click();
    ada.open("/review?show=all");
    ada.seesText("it makes the demo");
  }

  /** The same without a pointer: what is made, rotated and revoked is reached by Tab alone. */
  @Test
  void key_byKeyboardAlone() {
    ada.open("/keys");
    ada.tabTo(ada.link("New API key"));
    ada.page().keyboard().press("Enter");
    ada.sees("New API key");
    Locator api = ada.page().locator("a[href='/keys/new?api=appsec']");
    ada.tabTo(api);
    ada.page().keyboard().press("Enter");
    ada.tabTo(ada.field("Name"));
    ada.page().keyboard().type("by keyboard");
    ada.tabTo(ada.page().locator("input[name=scopes][value='scans:read']"));
    ada.page().keyboard().press("Space");
    ada.tabTo(ada.button("Create key"));
    ada.page().keyboard().press("Enter");
    String token = ada.page().locator("#token").inputValue();
    ada.tabTo(ada.link("I have stored it"));
    ada.page().keyboard().press("Enter");
    assertThat(scans(token)).isEqualTo(200);

    ada.tabTo(ada.link("Rotate by keyboard"));
    ada.page().keyboard().press("Enter");
    ada.tabTo(ada.button("Rotate key"));
    ada.page().keyboard().press("Enter");
    ada.tabTo(ada.link("I have stored it"));
    ada.page().keyboard().press("Enter");

    ada.tabTo(ada.link("Revoke by keyboard"));
    ada.page().keyboard().press("Enter");
    ada.tabTo(ada.field("Name of the key"));
    ada.page().keyboard().type("by keyboard");
    ada.tabTo(ada.button("Revoke key"));
    ada.page().keyboard().press("Enter");
    ada.seesText("Revoked");
    assertThat(scans(token)).isEqualTo(401);
  }

  private static String invite(String mail, String role) {
    ada.open("/members");
    ada.field("Mail address").fill(mail);
    ada.page().locator("input[name=role][value='" + role + "']").check();
    ada.button("Invite member").click();
    if (ada.path().startsWith("/sign-in/second-factor")) {
      ada.proveByApp();
      return invite(mail, role);
    }
    return ada.page().locator("#link").inputValue();
  }

  private Visitor join(String mail, String password) {
    Visitor visitor = new Visitor(chromium, demo.baseUrl(), CLOCK);
    visitor.open(invite(mail, "member"));
    visitor.field("Your name").fill("Grace Hopper");
    visitor.field("Choose a password").fill(password);
    visitor.button("Join Demo").click();
    return visitor;
  }

  @Test
  void member_fromTheInvitationToAPasskey() {
    String mail = "grace@example.com";
    try (Visitor grace = join(mail, PASSWORD)) {
      grace.enrolApp();
      grace.open("/account/factors/new");
      grace.passkeys();
      grace.page().reload();
      grace.field("Name of this passkey optional").fill("laptop");
      grace.button("Create passkey").click();
      grace.seesText("laptop");

      // The password, and then the passkey.
      grace.signOut();
      grace.signIn(mail, PASSWORD);
      grace.button("Use a passkey").click();
      grace.sees("API keys");

      // The passkey alone. What is asked is newer than what was answered last.
      grace.signOut();
      CLOCK.advance(java.time.Duration.ofSeconds(1));
      grace.open("/sign-in");
      grace.button("Use a passkey").click();
      grace.sees("API keys");

      // A member makes keys and does not revoke them; the page says why.
      grace.open("/members");
      assertThat(grace.button("Invite member")).hasAttribute("aria-disabled", "true");
    }
  }

  @Test
  void secondFactor_requiredAndLost_lockOutAndLetInAgain() {
    String mail = "edsger@example.com";
    try (Visitor edsger = join(mail, PASSWORD)) {
      // Not enrolled yet: the password is long enough to be the only factor, until it is required.
      edsger.open("/keys");
      edsger.sees("API keys");
      ada.open("/settings");
      ada.seesText("would be locked out");
      ada.page().locator("input[name=grace][value=now]").check();
      ada.button("Require a second factor").click();

      edsger.open("/keys");
      edsger.sees("Set up a second factor");
      edsger.open("/members");
      edsger.sees("Set up a second factor");
      List<String> codes = edsger.enrolApp();
      edsger.open("/keys");
      edsger.sees("API keys");

      // The app is gone: a recovery code lets in, once.
      for (int i = 0; i < 2; i++) {
        edsger.signOut();
        edsger.signIn(mail, PASSWORD);
        edsger.page().locator("details.other-way summary").click();
        edsger.field("Recovery code").fill(codes.get(0));
        edsger.button("Continue with the code").click();
        if (i == 0) {
          edsger.sees("API keys");
        } else {
          edsger.sees("Second factor");
        }
        if (i == 1) {
          break;
        }
      }

      // To stop requiring it takes a proof that is fresh.
      CLOCK.advance(java.time.Duration.ofMinutes(11));
      ada.open("/settings");
      ada.button("Stop requiring it").click();
      assertThat(ada.path()).startsWith("/sign-in/second-factor");
      ada.proveByApp();
      ada.open("/settings");
      ada.button("Stop requiring it").click();
      ada.seesText("Members may sign in with a password alone.");
    }
  }

  /** 14.3, 7.4: nothing is left in the browser, and no page of before is shown again. */
  @Test
  void signOut_leavesNothing() {
    String mail = "barbara@example.com";
    try (Visitor barbara = join(mail, PASSWORD)) {
      barbara.enrolApp();
      String token = makeKey(barbara, "barbara's");
      assertThat(barbara.page().content()).doesNotContain(token);
      assertThat(back(barbara)).doesNotContain(token);
      barbara.open("/keys");
      barbara.signOut();
      assertThat(barbara.kept())
          .isEqualTo(Map.of("local", "", "session", "", "databases", "", "caches", ""));
      assertThat(barbara.window().cookies().stream().map((Cookie cookie) -> cookie.name))
          .doesNotContain("__Host-bitting");
      assertThat(back(barbara)).doesNotContain("barbara's");
      barbara.open("/keys");
      barbara.sees("Sign in");
    }
  }

  /**
   * Goes back and returns what is shown then. Nothing was kept of a page that a form made, which
   * the browser says by a page of its own.
   */
  private static String back(Visitor visitor) {
    try {
      visitor.page().goBack();
    } catch (PlaywrightException e) {
      assertThat(e).hasMessageContaining("ERR_CACHE_MISS");
    }
    visitor.page().waitForLoadState();
    return visitor.page().locator("body").innerHTML();
  }
}
