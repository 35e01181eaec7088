package io.bitting.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRuleOptions;
import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every page of the console in every state, light and dark, at three widths, in a real browser: axe
 * finds nothing, outlines of controls have a contrast of 3:1, nothing is wider than the window, and
 * the policy of the page is kept.
 *
 * <p>In a usual run each page is seen light and dark at one of the widths, so that all are seen
 * somewhere; {@code -Dbitting.console.all} sees every page at every width, and {@code
 * -Dbitting.console.shots=FOLDER} keeps what was seen as pictures.
 */
final class ConsoleLookTest {
  private static final int[] WIDTHS = {320, 768, 1280};
  private static final boolean ALL = Boolean.getBoolean("bitting.console.all");
  private static final String SHOTS = System.getProperty("bitting.console.shots", "");

  /** What axe does not look for unless told to; WCAG 2.2, success criterion 2.5.8. */
  private static final String FURTHER_RULE = "target-size";

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
      for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        for (int i = 0; i < WIDTHS.length; i++) {
          try (BrowserContext window = chromium.window(WIDTHS[i], theme, true)) {
            Page page = window.newPage();
            for (int j = 0; j < gallery.size(); j++) {
              if (ALL || (theme == ColorScheme.DARK ? j + 1 : j) % WIDTHS.length == i) {
                look(page, site, gallery.get(j), theme, WIDTHS[i]);
              }
            }
          }
        }
      }
    }

    assertThat(looks).isGreaterThanOrEqualTo(gallery.size() * 2);
    assertThat(faults).isEmpty();
  }

  private void look(
      Page page, ConsoleSite site, Gallery.Shown shown, ColorScheme theme, int width) {
    String seen = shown.id() + " " + theme + " " + width + ": ";
    looks++;
    page.navigate(site.page(shown));
    assertThat(page.evaluate("document.documentElement.dataset.bsTheme"))
        .as(seen)
        .isEqualTo(theme == ColorScheme.DARK ? "dark" : "light");
    AxeBuilder axe = new AxeBuilder(page).options(options());
    axe.setLegacyMode(true);
    for (Rule violation : axe.analyze().getViolations()) {
      violation
          .getNodes()
          .forEach(node ->
              faults.add(
                  seen
                      + violation.getId()
                      + " "
                      + node.getTarget()
                      + " "
                      + node.getFailureSummary()));
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
              .setPath(
                  Path.of(
                      SHOTS,
                      shown.id()
                          + "-"
                          + theme.name().toLowerCase(Locale.ROOT)
                          + "-"
                          + width
                          + ".png")));
    }
  }

  /** Violations alone: to describe what passes takes axe three times as long. */
  private static AxeRunOptions options() {
    AxeRuleOptions on = new AxeRuleOptions();
    on.setEnabled(true);
    AxeRunOptions options = new AxeRunOptions();
    options.setRules(Map.of(FURTHER_RULE, on));
    options.setResultTypes(List.of("violations"));
    return options;
  }
}
