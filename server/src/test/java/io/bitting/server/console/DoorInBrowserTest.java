package io.bitting.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.bitting.organization.Role;
import io.bitting.server.ServerSettings;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import io.bitting.server.http.EdgeSettings;
import io.bitting.server.signin.Codes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The door as people go through it: in a real browser, with a passkey of a device of its own. */
final class DoorInBrowserTest {
  private static final String SHORT = "Qx7!vbT2";
  private static final String PHRASE = "sieben müde Igel im Laub";

  private static TestServer server;
  private static String base;
  private static Chromium chromium;

  private BrowserContext window;
  private Page page;

  @BeforeAll
  static void start() throws IOException {
    // Browsers have passkeys at localhost, which has to be known before the port is chosen.
    int port = TestServer.freePort();
    base = "http://localhost:" + port;
    Path folder = TestServer.newFolder();
    server =
        TestServer.start(
            folder,
            TestServer.settings(
                new ServerSettings.Sqlite(folder),
                new EdgeSettings("127.0.0.1", port, base, Optional.empty(), Set.of())));
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    server.close();
  }

  @BeforeEach
  void openWindow() {
    open(true);
  }

  private void open(boolean script) {
    window = chromium.window(1280, ColorScheme.LIGHT, script);
    page = window.newPage();
  }

  @AfterEach
  void closeWindow() {
    window.close();
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private void heading(String text) {
    assertThat(page.locator("h1")).hasText(text);
  }

  private void signOut() {
    page.locator(".menu.person summary").click();
    button("Sign out").click();
    heading("Sign in");
  }

  private static JsonNode invitation() {
    Tenant tenant = server.tenant();
    return tenant.invite(Role.MEMBER);
  }

  private void join(JsonNode invitation, String password) {
    page.navigate(invitation.path("link").asText());
    assertThat(page.locator("h1")).containsText("Join Tenant");
    // The code is in the address no longer, and so in no history.
    assertThat(page.url()).isEqualTo(base + "/join/code");
    page.getByLabel("Your name").fill("Ada");
    page.getByLabel("Choose a password").fill(password);
    page.locator("main form button").click();
    heading("Set up a second factor");
  }

  @Test
  void joinWithAPasskey_thenSignInByItAlone_andAsTheSecondFactor() {
    Chromium.addPasskeys(page);
    JsonNode invitation = invitation();
    join(invitation, SHORT);
    page.getByLabel("Name of this passkey").fill("laptop");
    button("Create passkey").click();
    heading("Recovery codes");
    assertThat(page.locator("#codes li")).hasCount(10);
    page.getByText("I have stored them").click();
    heading("Your account");
    assertThat(page.getByText("laptop", new Page.GetByTextOptions().setExact(false)).first())
        .isVisible();

    signOut();
    assertThat(window.cookies().stream().map(cookie -> cookie.name))
        .contains("__Host-bitting-device")
        .doesNotContain("__Host-bitting");
    page.goBack();
    // What was there is not kept: the page is asked for again, and leads to the door.
    heading("Sign in");

    page.navigate(base + "/account");
    button("Use a passkey").click();
    heading("Your account");

    signOut();
    page.getByLabel("Mail address").fill(invitation.at("/invitation/mail").asText());
    page.getByLabel("Password").fill(SHORT);
    button("Sign in").click();
    heading("Second factor");
    button("Use a passkey").click();
    heading("API keys");
    assertThat((List<?>) page.evaluate("violations")).isEmpty();
  }

  /** Everything but passkeys works without JavaScript, the code of a link pasted. */
  @Test
  void joinWithAnApp_withoutScript() {
    window.close();
    open(false);
    JsonNode invitation = invitation();
    page.navigate(base + "/join");
    page.getByLabel("Code of the invitation").fill(invitation.path("code").asText());
    button("Open invitation").click();
    page.getByLabel("Your name").fill("Ada");
    page.getByLabel("Choose a password").fill(PHRASE);
    page.locator("main form button").click();
    heading("Set up a second factor");
    String seed = page.locator("code.seed").textContent().replace(" ", "");
    page.getByLabel("6 digits").fill(Codes.of(seed, Instant.now()));
    button("Enrol app").click();
    heading("Recovery codes");
    String code = page.locator("#codes li").first().textContent().strip();
    page.navigate(base + "/account");
    signOut();
    page.getByLabel("Mail address").fill(invitation.at("/invitation/mail").asText());
    page.getByLabel("Password").fill(PHRASE);
    button("Sign in").click();
    heading("Second factor");
    page.locator("summary", new Page.LocatorOptions().setHasText("Use a recovery code")).click();
    page.getByLabel("Recovery code").fill(code);
    button("Continue with the code").click();
    heading("API keys");
  }
}
