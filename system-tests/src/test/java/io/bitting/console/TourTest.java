package io.bitting.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Walks the tour of {@code docs/tour.md} over the demo. Given a folder by {@code
 * -Dbitting.pictures}, it takes the pictures of the pages there, light and dark; that is how those
 * in the repository are made.
 */
final class TourTest {
  private static final Optional<Path> PICTURES =
      Optional.ofNullable(System.getProperty("bitting.pictures")).map(Path::of);
  private static final String PASSWORD = "a tall ship and a star to steer her by";

  @TempDir private Path folder;

  private final MutableClock clock = new MutableClock();
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void tour() throws IOException, InterruptedException {
    try (Demo demo = Demo.start(folder.resolve("demo"), TestServer.freePort(), 0, clock);
        Chromium chromium = Chromium.start();
        Visitor ada = new Visitor(chromium, demo.baseUrl(), clock)) {
      Tour tour = new Tour(chromium, demo, ada);
      ada.open(demo.setupLink());
      tour.picture("setup", ada.page());
      ada.setUp(demo.setupLink(), "", "ada@example.com", PASSWORD);
      tour.picture("enrol", ada.page());
      ada.enrolApp();
      makeKeys(ada);
      use(demo);
      tour.keys();
      tour.newKey();
      tour.key();
      tour.organization();
    }
  }

  private void makeKeys(Visitor ada) {
    List<String[]> keys =
        List.of(
            new String[] {"nightly-import", "loads findings into the warehouse", "issues:read"},
            new String[] {"ci-scanner", "starts a scan for each release", "scans:run"},
            new String[] {"billing-report", "counts repositories by month", "files:read"});
    for (String[] key : keys) {
      ada.open("/keys/new?api=appsec&scopes=scans:read+" + key[2]);
      ada.field("Name").fill(key[0]);
      ada.page().locator("#purpose").fill(key[1]);
      ada.button("Create key").click();
      ada.link("I have stored it").click();
    }
  }

  /** What the ledger shows later: most calls are allowed, some are not. */
  private void use(Demo demo) throws IOException, InterruptedException {
    for (int i = 0; i < 40; i++) {
      send(demo, demo.reader().token().reveal(), "GET", "/demo/appsec/scans");
      if (i % 7 == 0) {
        send(demo, demo.reader().token().reveal(), "DELETE", "/demo/appsec/scans/1");
      }
      if (i % 3 == 0) {
        send(demo, demo.admin().token().reveal(), "GET", "/demo/appsec/scans");
      }
      clock.advance(Duration.ofMinutes(7));
    }
  }

  private void send(Demo demo, String token, String method, String path)
      throws IOException, InterruptedException {
    client.send(
        HttpRequest.newBuilder(URI.create(demo.baseUrl() + path))
            .header("Authorization", "Bearer " + token)
            .header("User-Agent", "importer/2.4")
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.discarding());
  }

  /** The stations, each with its picture. */
  private record Tour(Chromium chromium, Demo demo, Visitor ada) {
    void keys() {
      signInAgain();
      ada.open("/keys");
      ada.sees("API keys");
      ada.seesText("nightly-import");
      picture("keys", ada.page());
    }

    /** The clock went on for hours meanwhile. */
    private void signInAgain() {
      ada.signInWithApp("ada@example.com", PASSWORD);
    }

    void newKey() {
      ada.open("/keys/new?api=appsec&name=release-bot");
      for (String scope : List.of("scans:read", "scans:run")) {
        ada.page().locator("input[name=scopes][value='" + scope + "']").check();
      }
      assertThat(ada.page().locator("[data-summary]")).containsText("2 scopes");
      picture("new-key", ada.page());
      ada.button("Create key").click();
      ada.page().locator("#token").waitFor();
      picture("reveal", ada.page());
      ada.link("I have stored it").click();
    }

    void key() {
      ada.open("/keys?q=demo-reader");
      ada.link("demo-reader").click();
      ada.sees("demo-reader");
      ada.seesText("lacked scans:delete");
      picture("key", ada.page());
      ada.open(ada.path().replace("/keys/", "/keys/new?replaces=") + "&add=scans:delete");
      ada.sees("Replace demo-reader");
      picture("replace", ada.page());
    }

    void organization() {
      for (String page : List.of("review", "catalog", "members", "settings", "audit")) {
        ada.open("/" + page + (page.equals("review") ? "?show=all" : ""));
        assertThat(ada.page().locator("h1")).isVisible();
        picture(page, ada.page());
      }
      ada.open("/catalog/appsec/operations");
      picture("operations", ada.page());
    }

    /** Takes the picture of a page as it stands, light and dark. */
    void picture(String name, Page page) {
      if (PICTURES.isEmpty()) {
        return;
      }
      page.evaluate("scrollTo(0, 0); document.activeElement?.blur()");
      for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
        page.evaluate("document.dispatchEvent(new Event('theme'))");
        page.setViewportSize(1200, 800);
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(
                    PICTURES
                        .get()
                        .resolve(name + (theme == ColorScheme.DARK ? "-dark.png" : ".png"))));
      }
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }
  }
}
