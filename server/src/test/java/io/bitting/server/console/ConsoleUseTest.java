package io.bitting.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pages do when they are used, in a real browser: by pointer, by keyboard, without script. */
final class ConsoleUseTest {
  private static ConsoleSite site;
  private static Chromium chromium;

  private BrowserContext window;
  private Page page;

  @BeforeAll
  static void start() throws IOException {
    site = ConsoleSite.open();
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    site.close();
  }

  @BeforeEach
  void openWindow() {
    open(true);
  }

  @AfterEach
  void closeWindow() {
    window.close();
    site.sent().clear();
  }

  private void open(boolean script) {
    if (window != null) {
      window.close();
    }
    window = chromium.window(1280, ColorScheme.LIGHT, script);
    page = window.newPage();
  }

  private void show(String id) {
    page.navigate(site.page(Gallery.get(id)));
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private Locator scope(String scope) {
    return page.locator("input[name=scopes][value='" + scope + "']");
  }

  private String sent() {
    try {
      String sent = site.sent().poll(10, TimeUnit.SECONDS);
      return sent == null ? "" : sent;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void picker_choices_areCountedAtOnce() {
    show("new-key-empty");
    Locator summary = page.locator("[data-summary]");
    assertThat(summary).hasText("0 scopes in 0 groups · 0 can change data · 0 destructive");

    scope("scans:delete").check();
    scope("issues:read").check();

    assertThat(summary).hasText("2 scopes in 2 groups · 0 can change data · 1 destructive");
    // Beside its own operation each: what any valid key may call, and what needs none.
    assertThat(page.locator("[data-callable]")).hasText("Can call 4 of 14 operations");
  }

  @Test
  void picker_impliedScopes_countAsCovered() {
    show("new-key-empty");

    scope("scans:manage").check();

    assertThat(page.locator("[data-callable]")).hasText("Can call 6 of 14 operations");
  }

  @Test
  void picker_groups_areChosenWholeAndShowHowFar() {
    show("new-key-empty");
    Locator tri = page.getByLabel("All scopes of Scans");

    button("Those of Scans that read").click();
    assertThat(scope("scans:read")).isChecked();
    assertThat(scope("scans:run")).not().isChecked();
    assertThat((Boolean) tri.evaluate("box => box.indeterminate")).isTrue();

    button("All of Scans").click();
    assertThat(tri).isChecked();
    assertThat(page.locator(".group").first().locator(".tally")).hasText("5 of 5");

    tri.uncheck();
    assertThat(scope("scans:read")).not().isChecked();
  }

  @Test
  void picker_wholeGroup_leavesOutWhatMayNotBeGranted() {
    show("new-key-empty");

    button("All of Provisioning").click();

    assertThat(scope("scim")).not().isChecked();
    assertThat(page.locator(".why").first()).hasText("beyond what your role may grant");
  }

  @Test
  void picker_search_findsByOperationAndSaysHowMany() {
    show("new-key-empty");

    page.getByLabel("Search scopes").fill("DELETE /scans");

    assertThat(page.locator("#matches")).hasText("1 scope found");
    assertThat(scope("scans:delete")).isVisible();
    assertThat(scope("scans:read")).not().isVisible();

    page.getByLabel("Search scopes").fill("nowhere");
    assertThat(page.getByText("No scope has all of these words.")).isVisible();
  }

  @Test
  void picker_replacement_showsTheDifference() {
    show("replace-full");
    Locator difference = page.locator("[data-difference]");
    assertThat(difference.locator(".plus")).hasText("+2");
    assertThat(difference.locator(".minus")).hasText("−4");

    scope("scans:delete").check();

    assertThat(difference.locator(".minus")).hasText("−3");
    assertThat(difference.locator(".lost code"))
        .hasText(new String[] {"scans:run", "org:read", "verifies personnel"});
  }

  @Test
  void newKey_sentByKeyboard_holdsWhatWasChosen() {
    show("new-key-empty");

    tabTo("#name");
    page.keyboard().type("nightly");
    tabTo("#purpose");
    page.keyboard().type("loads findings");
    tabTo("input[value='scans:run']");
    page.keyboard().press("Space");
    tabTo(".summary button[type=submit]");
    page.keyboard().press("Enter");

    assertThat(sent())
        .startsWith("POST /keys ")
        .contains("form_token=" + Gallery.FORM_TOKEN)
        .contains("api=appsec")
        .contains("name=nightly&purpose=loads+findings&expires=P90D")
        .contains("access=specific")
        .contains("scopes=scans%3Arun");
  }

  /** Goes on by Tab until the element has the focus, and sees that it is not covered: 2.4.11. */
  private void tabTo(String selector) {
    Locator target = page.locator(selector).first();
    for (int i = 0; i < 120; i++) {
      page.keyboard().press("Tab");
      if ((Boolean) target.evaluate("element => element === document.activeElement")) {
        assertThat(
                (Boolean)
                    target.evaluate(
                        "element => { const box = element.getBoundingClientRect();"
                            + " return element.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)); }"))
            .as("%s is not covered", selector)
            .isTrue();
        return;
      }
    }
    throw new AssertionError(selector + " cannot be reached by Tab");
  }

  @Test
  void withoutScript_keyIsMadeAllTheSame() {
    open(false);
    show("new-key-empty");

    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("nightly");
    scope("scans:read").check();
    button("Create key").click();

    assertThat(sent()).startsWith("POST /keys ").contains("scopes=scans%3Aread");
    show("new-key-empty");
    assertThat(page.getByLabel("Search scopes")).not().isVisible();
    assertThat(button("All of Scans")).not().isVisible();
  }

  @Test
  void withoutScript_filterIsAnAddress() {
    open(false);
    show("keys-full");

    page.getByLabel("Words of the name").fill("night");
    button("Filter keys").click();

    assertThat(sent()).startsWith("GET /keys?q=night&state=&");
  }

  @Test
  void reveal_copied_isSaidAndLeavingAsksNoMore() {
    window.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    show("reveal-created");

    button("Copy token").click();

    assertThat(page.getByText("Copied. Paste it where the job reads its secrets.")).isVisible();
    assertThat(page.locator("#live")).hasText("Copied.");
    assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(Gallery.TOKEN);
    List<String> asked = asked();
    page.navigate(site.address("/elsewhere"));
    assertThat(asked).isEmpty();
  }

  @Test
  void reveal_leftWithoutCopy_asksOnce() {
    show("reveal-created");
    List<String> asked = asked();
    // A browser asks only who did something on the page.
    page.locator("h1").click();

    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Catalog")).click();
    page.waitForURL("**/catalog");

    assertThat(asked).containsExactly("beforeunload");
  }

  private List<String> asked() {
    List<String> asked = new ArrayList<>();
    page.onDialog(dialog -> {
      asked.add(dialog.type());
      dialog.accept();
    });
    return asked;
  }

  /** K6: nothing of the token is left where the back button could find it. */
  @Test
  void reveal_left_clearsTheToken() {
    show("reveal-created");
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))");

    assertThat(
            (String)
                page.evaluate(
                    "document.documentElement.outerHTML + document.querySelector('#token').value"))
        .doesNotContain(Gallery.TOKEN);
    assertThat(
            (String)
                page.evaluate(
                    "JSON.stringify({...localStorage, ...sessionStorage}) + location.href + document.title"))
        .doesNotContain(Gallery.TOKEN);
  }

  @Test
  void reveal_verifyItNow_asksTheServerAndSaysWhoseKeyItIs() {
    show("reveal-created");

    button("Verify it now").click();

    assertThat(page.getByText("It works: this is the key nightly-import.")).isVisible();
    assertThat(sent()).startsWith("GET /v1/whoami");
  }

  @Test
  void theme_chosen_staysOnTheNextPage() {
    show("keys-full");
    assertThat(page.locator("html")).hasAttribute("data-bs-theme", "light");

    button("Dark").click();
    assertThat(page.locator("html")).hasAttribute("data-bs-theme", "dark");
    show("audit-full");
    assertThat(page.locator("html")).hasAttribute("data-bs-theme", "dark");

    button("System").click();
    assertThat(page.locator("html")).hasAttribute("data-bs-theme", "light");
  }

  @Test
  void refusedButton_pressed_doesNothingAndSaysWhy() {
    show("keys-auditor");

    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("New API key"))
        .press("Enter");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("New API key"))
        .click(new Locator.ClickOptions().setForce(true));

    assertThat(page.locator("#live")).containsText("takes the role owner, admin or member");
    assertThat(page.url()).endsWith("/gallery/keys-auditor");
  }

  @Test
  void errors_shown_haveTheFocusAndLeadToTheirFields() {
    show("new-key-error");
    assertThat(page.locator(".faults")).isFocused();

    page.locator(".faults a").first().click();

    assertThat(page.locator("#name")).isFocused();
  }

  @Test
  void setup_codeInTheFragment_isTakenOutOfTheAddress() {
    page.navigate(site.page(Gallery.get("setup-empty")) + "#9f2c-77aa");

    assertThat(page.getByLabel("Setup code")).hasValue("9f2c-77aa");
    assertThat(page.url()).doesNotContain("9f2c");
  }

  @Test
  void catalog_searched_showsWhatFits() {
    show("catalog-full");

    page.getByLabel("Search scopes").fill("repeater");

    assertThat(page.locator("#narrowed")).hasText("4 scopes found");
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Issues")))
        .not()
        .isVisible();
  }
}
