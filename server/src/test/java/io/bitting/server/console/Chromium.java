package io.bitting.server.console;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The machine's Chromium. Playwright writes its words in the letters of the default locale, which
 * is English meanwhile: in Turkish it knows no <i>light</i>. Not thread-safe.
 */
public final class Chromium implements AutoCloseable {
  private final Locale usual;
  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Locale usual, Playwright playwright, Browser browser) {
    this.usual = usual;
    this.playwright = playwright;
    this.browser = browser;
  }

  public static Chromium start() {
    Locale usual = Locale.getDefault();
    Locale.setDefault(Locale.ENGLISH);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable())
                    // Where no graphics card is, Chromium would play one on the processor.
                    .setArgs(List.of("--force-color-profile=srgb", "--disable-gpu")));
    return new Chromium(usual, playwright, browser);
  }

  private static Path executable() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no Chromium; install chromium"));
  }

  /** Adds axe to the pages of a window. */
  public static void addAxe(BrowserContext window) {
    try (InputStream axe = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
      window.addInitScript(
          new String(Objects.requireNonNull(axe).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the browser of a page a device that keeps passkeys and unlocks by itself. */
  public static CDPSession addPasskeys(Page page) {
    CDPSession session = page.context().newCDPSession(page);
    session.send("WebAuthn.enable");
    JsonObject options = new JsonObject();
    options.addProperty("protocol", "ctap2");
    options.addProperty("transport", "internal");
    options.addProperty("hasResidentKey", true);
    options.addProperty("hasUserVerification", true);
    options.addProperty("isUserVerified", true);
    options.addProperty("automaticPresenceSimulation", true);
    JsonObject device = new JsonObject();
    device.add("options", options);
    session.send("WebAuthn.addVirtualAuthenticator", device);
    return session;
  }

  /** Opens a window whose pages note what breaks their policy. */
  public BrowserContext window(int width, ColorScheme theme, boolean script) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setColorScheme(theme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setJavaScriptEnabled(script)
                .setLocale("en-GB"));
    context.setDefaultTimeout(10_000);
    if (script) {
      context.addInitScript(
          "globalThis.violations = [];"
              + "addEventListener('securitypolicyviolation', e => violations.push(e.violatedDirective + ' ' + e.blockedURI));");
    }
    return context;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
    Locale.setDefault(usual);
  }
}
