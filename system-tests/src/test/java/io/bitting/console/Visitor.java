package io.bitting.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.bitting.fixtures.MutableClock;
import io.bitting.server.console.Chromium;
import io.bitting.server.signin.Codes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Somebody with a browser of their own, in which every complaint of the browser is noted. Not
 * thread-safe.
 */
final class Visitor implements AutoCloseable {
  private final BrowserContext window;
  private final Page page;
  private final MutableClock clock;
  private final String base;
  private final List<String> complaints = new ArrayList<>();
  private String seed = "";

  Visitor(Chromium chromium, String base, MutableClock clock) {
    this.window = chromium.window(1280, ColorScheme.LIGHT, true);
    this.base = base;
    this.clock = clock;
    window.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    page = window.newPage();
    page.onConsoleMessage(message -> {
      // A refusal that is shown as a page is one, too, to the browser.
      if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
        complaints.add(message.text());
      }
    });
    page.onPageError(complaints::add);
  }

  Page page() {
    return page;
  }

  BrowserContext window() {
    return window;
  }

  void open(String path) {
    page.navigate(path.startsWith("http") ? path : base + path);
  }

  /** Where the page is, without the server. */
  String path() {
    return page.url().substring(base.length());
  }

  Locator field(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** Expects a page of this title. */
  void sees(String title) {
    assertThat(
            page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1).setName(title)))
        .isVisible();
  }

  void seesText(String text) {
    assertThat(page.locator("main")).containsText(text);
  }

  /** Fills in what the first owner says. */
  void setUp(String link, String organization, String mail, String password) {
    open(link);
    // The code was in the fragment, and is in the form.
    assertThat(field("Setup code")).not().hasValue("");
    if (!organization.isEmpty()) {
      field("Name of your organization").fill(organization);
    }
    field("Your name").fill("Ada Lovelace");
    field("Your mail address").fill(mail);
    field("Password").fill(password);
    button("Become the owner").click();
  }

  /**
   * Enrols an authenticator app on the page that is shown for it.
   *
   * @return the recovery codes
   */
  List<String> enrolApp() {
    seed = page.locator("code.seed").innerText().replace(" ", "");
    field("6 digits").fill(code());
    button("Enrol app").click();
    assertThat(page.locator("#codes")).isVisible();
    List<String> codes = page.locator("#codes code").allInnerTexts();
    link("I have stored them").click();
    return codes;
  }

  /** Returns the code that the app shows; a new one each time, since each counts once. */
  String code() {
    clock.advance(Duration.ofSeconds(30));
    return Codes.of(seed, clock.instant());
  }

  void signIn(String mail, String password) {
    open("/sign-in");
    field("Mail address").fill(mail);
    field("Password").fill(password);
    button("Sign in").click();
  }

  void signInWithApp(String mail, String password) {
    signIn(mail, password);
    proveByApp();
  }

  void proveByApp() {
    field("6 digits of your authenticator app").fill(code());
    button("Continue").click();
  }

  void signOut() {
    page.locator(".menu.person summary").click();
    button("Sign out").click();
    page.waitForURL(url -> url.startsWith(base + "/sign-in"));
  }

  /** Gives the browser a device that keeps passkeys and unlocks by itself. */
  CDPSession passkeys() {
    return Chromium.addPasskeys(page);
  }

  /** Presses Tab until an element has the focus, as somebody without a pointer does. */
  void tabTo(Locator wanted) {
    wanted.waitFor();
    for (int i = 0; i < 200; i++) {
      if ((Boolean) wanted.evaluate("element => element === document.activeElement")) {
        return;
      }
      page.keyboard().press("Tab");
    }
    throw new AssertionError("the keyboard does not get to " + wanted);
  }

  /** Returns what the browser keeps for this site. */
  Map<?, ?> kept() {
    return (Map<?, ?>)
        page.evaluate(
            """
            async () => ({
              local: Object.keys(localStorage).filter(key => key !== 'theme').join(),
              session: Object.keys(sessionStorage).join(),
              databases: (await indexedDB.databases()).map(each => each.name).join(),
              caches: (await caches.keys()).join(),
            })\
            """);
  }

  @Override
  public void close() {
    window.close();
    assertThat(complaints).as("what the browser complained of").isEmpty();
  }
}
