package io.bitting.server.docs;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;
import org.jspecify.annotations.Nullable;

/**
 * The pages under {@code /errors}: one for each problem code and an index, made of the Markdown in
 * {@code docs/errors}. They hold no script, work without a network beyond this server, and follow
 * the reader's choice of light or dark.
 *
 * <p><b>Security guarantees.</b> A page holds nothing of the request but the choice of the page: a
 * code that is not one of ours has no page, and no code leads to a file elsewhere.
 *
 * <p>Thread-safe. A page is rendered in a few milliseconds when it is first asked for, and kept:
 * whoever asks needs no key, so asking must not make work.
 */
public final class ErrorPages {
  /** The {@code Content-Security-Policy} that a page needs: its style sheet, and nothing else. */
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Pattern CODE = Pattern.compile("[a-z]{1,40}(?:_[a-z]{1,40}){0,8}");
  private static final String INDEX = "README";

  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

  private final Parser parser = Parser.builder().extensions(EXTENSIONS).build();
  private final TextContentRenderer words = TextContentRenderer.builder().build();
  private final HtmlRenderer fromPage = renderer("", "../errors");
  private final HtmlRenderer fromIndex = renderer("errors/", "errors");
  private final Map<String, String> rendered = new ConcurrentHashMap<>();
  private final String stylesheet = text(Bundled.read("errors/style.css"));

  /**
   * Renders the page of a problem code.
   *
   * @param code any text
   * @return complete HTML; empty if there is no such code
   */
  public Optional<String> page(String code) {
    return CODE.matcher(code).matches()
        ? Optional.ofNullable(rendered.computeIfAbsent(code, this::render))
        : Optional.empty();
  }

  private @Nullable String render(String code) {
    return Bundled.find("errors/" + code + ".md")
        .map(page -> html(page, code + " · ", "", "../errors", fromPage))
        .orElse(null);
  }

  /** Renders the list of all codes as complete HTML. */
  public String index() {
    return rendered.computeIfAbsent(
        INDEX,
        name -> html(Bundled.read("errors/" + name + ".md"), "", "errors/", "errors", fromIndex));
  }

  /** Returns the style sheet of all pages, {@code style.css} beside them. */
  public String stylesheet() {
    return stylesheet;
  }

  private String html(
      byte[] markdown, String titleStart, String pages, String index, HtmlRenderer renderer) {
    Node document = parser.parse(text(markdown));
    return page(titleStart + title(document), pages, index, renderer.render(document));
  }

  private static String page(String title, String pages, String index, String content) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>%s · Bitting</title>
    <link rel="stylesheet" href="%sstyle.css">
    </head>
    <body>
    <a class="skip" href="#content">Skip to content</a>
    <header><a href="%s"><strong>Bitting</strong> problem codes</a></header>
    <main id="content" tabindex="-1">
    %s</main>
    </body>
    </html>
    """
        .formatted(title, pages, index, content);
  }

  private String title(Node document) {
    if (document.getFirstChild() instanceof Heading heading) {
      return words.render(heading).strip().replace("&", "&amp;").replace("<", "&lt;");
    }
    throw new IllegalStateException("an error page does not begin with a heading");
  }

  /**
   * Links lead to pages, not to files; headings can be linked to; heads of tables say what they
   * are.
   */
  private HtmlRenderer renderer(String pages, String index) {
    return HtmlRenderer.builder()
        .extensions(EXTENSIONS)
        .attributeProviderFactory(context ->
            (node, tag, attributes) -> {
              switch (tag) {
                case "a" ->
                    attributes.computeIfPresent(
                        "href", (name, target) -> link(target, pages, index));
                case "pre" -> attributes.put("tabindex", "0");
                case "h2", "h3" -> attributes.put("id", anchor(words.render(node)));
                case "th" -> attributes.put("scope", "col");
                default -> {}
              }
            })
        .build();
  }

  /**
   * Names a heading as the sites that show Markdown do, so that links to it work there and here.
   */
  private static String anchor(String heading) {
    return heading
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9 _-]", "")
        .replace(' ', '-');
  }

  private static String link(String target, String pages, String index) {
    int end = target.indexOf(".md");
    if (end < 0 || target.contains(":")) {
      return target;
    }
    String page = target.substring(0, end);
    return (page.equals(INDEX) ? index : pages + page) + target.substring(end + ".md".length());
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
