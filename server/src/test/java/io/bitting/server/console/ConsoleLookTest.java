package io.bitting.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every page of the console in every state, light and dark, at three widths, in a real browser: axe
 * finds nothing, outlines of controls have a contrast of 3:1, nothing is wider than the window, and
 * the policy of the page is kept.
 *
 * <p>In a usual run each page is seen once in each state, light and dark and the widths taking
 * turns; {@code -Dbitting.console.all} sees every page light and dark at every width, and {@code
 * -Dbitting.console.shots=FOLDER} keeps what was seen as pictures.
 */
final class ConsoleLookTest {
  private static final int[] WIDTHS = {320, 768, 1280};
  private static final boolean ALL = Boolean.getBoolean("bitting.console.all");
  private static final String SHOTS = System.getProperty("bitting.console.shots", "");

  /** Returns what axe finds. To describe what passes would take several times as long. */
  private static final String AXE =
      """
      async (rules) => {
        const found = await axe.run({...rules, resultTypes: ['violations']});
        return found.violations.flatMap(({id, nodes}) =>
          nodes.map(({target, failureSummary}) => `${id} ${target} ${failureSummary}`));
      }
      """;

  /** The size of targets is off unless asked for; WCAG 2.2, success criterion 2.5.8. */
  private static final Object EVERY_RULE =
      Map.of("rules", Map.of("target-size", Map.of("enabled", true)));

  /**
   * Returns the controls whose outline cannot be told from what is behind them; WCAG 2.2, success
   * criterion 1.4.11. A colour is what a canvas makes of it.
   */
  private static final String FAINT_OUTLINES =
      """
      () => {
        const context = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
        const rgba = (colour) => {
          context.clearRect(0, 0, 1, 1);
          context.fillStyle = colour;
          context.fillRect(0, 0, 1, 1);
          return [...context.getImageData(0, 0, 1, 1).data];
        };
        const luminance = ([r, g, b]) => {
          const part = (v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
          return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
        };
        const contrast = (a, b) => {
          const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
          return (high + 0.05) / (low + 0.05);
        };
        const behind = (element) => {
          for (let at = element.parentElement; at; at = at.parentElement) {
            const colour = rgba(getComputedStyle(at).backgroundColor);
            if (colour[3] === 255) {
              return colour;
            }
          }
          return rgba('white');
        };
        const faint = [];
        for (const control of document.querySelectorAll('input:not([type=hidden]), select, textarea, .btn:not(.btn-link)')) {
          const style = getComputedStyle(control);
          if (!control.checkVisibility() || control.disabled || control.getClientRects().length === 0) {
            continue;
          }
          const ground = behind(control);
          const most = Math.max(
            style.borderTopWidth === '0px' ? 0 : contrast(rgba(style.borderTopColor), ground),
            contrast(rgba(style.backgroundColor)[3] === 255 ? rgba(style.backgroundColor) : ground, ground));
          if (most < 3) {
            faint.push(`${control.tagName} ${control.id || control.textContent.trim() || control.name} ${most.toFixed(2)}`);
          }
        }
        return faint;
      }
      """;

  private final List<String> faults = new ArrayList<>();
  private int looks;

  @Test
  void everyPage_inEveryState_isFitToBeSeen() throws IOException {
    List<Gallery.Shown> gallery = Gallery.all();
    try (ConsoleSite site = ConsoleSite.open();
        Chromium chromium = Chromium.start()) {
      for (int i = 0; i < WIDTHS.length; i++) {
        try (BrowserContext window = chromium.window(WIDTHS[i], ColorScheme.LIGHT, true)) {
          Chromium.addAxe(window);
          Page page = window.newPage();
          for (int j = 0; j < gallery.size(); j++) {
            boolean dark = j / WIDTHS.length % 2 == 1;
            if (ALL || j % WIDTHS.length == i) {
              look(page, site, gallery.get(j), WIDTHS[i], ALL || !dark, ALL || dark);
            }
          }
        }
      }
    }

    assertThat(looks).isEqualTo(gallery.size() * (ALL ? 2 * WIDTHS.length : 1));
    assertThat(faults).isEmpty();
  }

  /** Looks at a page while the system is light, or when it has turned dark, or both. */
  private void look(
      Page page, ConsoleSite site, Gallery.Shown shown, int width, boolean light, boolean dark) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.navigate(site.page(shown));
    if (light) {
      look(page, shown, "light", width);
    }
    if (dark) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      look(page, shown, "dark", width);
    }
  }

  private void look(Page page, Gallery.Shown shown, String theme, int width) {
    String seen = shown.id() + " " + theme + " " + width + ": ";
    looks++;
    page.waitForFunction("theme => document.documentElement.dataset.bsTheme === theme", theme);
    for (Object violation : (List<?>) page.evaluate(AXE, EVERY_RULE)) {
      faults.add(seen + violation);
    }
    for (Object outline : (List<?>) page.evaluate(FAINT_OUTLINES)) {
      faults.add(seen + "faint outline: " + outline);
    }
    for (Object violation : (List<?>) page.evaluate("violations")) {
      faults.add(seen + "policy: " + violation);
    }
    Object overflow =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    if (((Number) overflow).intValue() > 0) {
      faults.add(seen + overflow + " px wider than the window");
    }
    if (!SHOTS.isEmpty()) {
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(Path.of(SHOTS, shown.id() + "-" + theme + "-" + width + ".png")));
    }
  }
}
