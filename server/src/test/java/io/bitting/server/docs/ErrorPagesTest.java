package io.bitting.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.server.http.ProblemCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ErrorPagesTest {
  private static final Pattern LINK = Pattern.compile("<a [^>]*href=\"([^\"]*)\"");
  private static final Pattern ACTIVE =
      Pattern.compile("(?i)<script|<style|<iframe|<img|<form| style=| on[a-z]+=|javascript:");

  private final ErrorPages pages = new ErrorPages();

  @ParameterizedTest
  @EnumSource(ProblemCode.class)
  void page_ofACode_isCompleteAndItsLinksLeadSomewhere(ProblemCode code) {
    String page = pages.page(code.code()).orElseThrow();
    assertThat(page)
        .startsWith("<!doctype html>\n<html lang=\"en\">")
        .endsWith("</html>\n")
        .contains("<title>" + code.code() + " · " + code.title() + " · Bitting</title>")
        .contains("<link rel=\"stylesheet\" href=\"style.css\">")
        .containsOnlyOnce("<h1>" + code.title() + "</h1>")
        .contains("<code class=\"language-http\">HTTP/1.1 " + code.status())
        .doesNotContainPattern(ACTIVE);
    for (String link : links(page)) {
      assertThat(leadsSomewhere(link, "../errors", "", page)).as(link).isTrue();
    }
  }

  @Test
  void index_listsEveryPage() {
    String index = pages.index();
    assertThat(index)
        .contains("<title>Problem codes · Bitting</title>", "href=\"errors/style.css\"")
        .doesNotContainPattern(ACTIVE);
    assertThat(links(index))
        .containsAll(
            Arrays.stream(ProblemCode.values()).map(code -> "errors/" + code.code()).toList())
        .allSatisfy(
            link -> assertThat(leadsSomewhere(link, "errors", "errors/", index)).as(link).isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "README",
        "readme",
        "nothing",
        "name_taken.md",
        "NAME_TAKEN",
        "../openapi",
        "..",
        "/name_taken",
        "name_taken/",
        "name_taken%00",
        "_",
        "a__b",
        "style",
        "name_taken\n"
      })
  void page_ofWhatIsNoCode_isNone(String code) {
    assertThat(pages.page(code)).isEmpty();
  }

  @Test
  void page_ofLongText_isNoneAtOnce() {
    assertThat(pages.page("a_".repeat(100_000))).isEmpty();
  }

  @Test
  void page_canBeReadWithoutEyesAndLinkedTo() {
    String page = pages.page("validation_failed").orElseThrow();
    assertThat(page)
        .contains("<th scope=\"col\">", "<h2 id=\"what-happened\">", "<a id=\"scope_unknown\"></a>")
        .contains("<a class=\"skip\" href=\"#content\">");
  }

  @Test
  void page_namesNoFile() {
    for (ProblemCode code : ProblemCode.values()) {
      assertThat(links(pages.page(code.code()).orElseThrow()))
          .noneMatch(link -> link.contains(".md"));
    }
  }

  @Test
  void stylesheet_worksInLightAndDark_andLoadsNothing() {
    assertThat(pages.stylesheet())
        .contains("prefers-color-scheme: dark")
        .doesNotContain("url(", "@import", "http");
  }

  private boolean leadsSomewhere(String link, String index, String prefix, String page) {
    if (link.startsWith("#")) {
      return page.contains("id=\"" + link.substring(1) + "\"");
    }
    String[] parts = link.split("#", 2);
    if (parts[0].equals(index)) {
      return parts.length == 1;
    }
    return parts[0].startsWith(prefix)
        && pages
            .page(parts[0].substring(prefix.length()))
            .filter(target -> parts.length == 1 || target.contains("id=\"" + parts[1] + "\""))
            .isPresent();
  }

  private static List<String> links(String page) {
    List<String> links = new ArrayList<>();
    Matcher matcher = LINK.matcher(page);
    while (matcher.find()) {
      links.add(matcher.group(1));
    }
    assertThat(links).isNotEmpty();
    return links;
  }
}
