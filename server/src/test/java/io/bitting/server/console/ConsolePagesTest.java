package io.bitting.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.client.protocol.CatalogAnswer;
import io.bitting.client.protocol.OperationAnswer;
import io.bitting.client.protocol.RequirementAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of the HTML of every page, whatever browser shows it. */
final class ConsolePagesTest {
  private static final int FIRST_LOAD_MAX = 100 * 1024;

  static Stream<Gallery.Shown> pages() {
    return Gallery.all().stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void html_ofEveryPage_holdsNeitherStyleNorScript(Gallery.Shown shown) {
    String html = shown.html();

    assertThat(html)
        .doesNotContainPattern("<[^>]*\\sstyle=")
        .doesNotContainPattern("<[^>]*\\son[a-z]+=");
    assertThat(html).doesNotContain("<style").doesNotContain("javascript:");
    assertThat(html.split("<script", -1)).hasSize(3);
    assertThat(html)
        .contains("<script src=\"/assets/")
        .contains("<script type=\"module\" src=\"/assets/");
  }

  /** X2: a form that another site sends lacks the token. */
  @ParameterizedTest
  @MethodSource("pages")
  void html_everyFormThatChangesSomething_sendsTheFormToken(Gallery.Shown shown) {
    Matcher forms =
        Pattern.compile("<form method=\"post\".*?</form>", Pattern.DOTALL).matcher(shown.html());
    while (forms.find()) {
      assertThat(forms.group())
          .contains("name=\"form_token\" value=\"" + Gallery.FORM_TOKEN + "\"");
    }
    assertThat(shown.html()).doesNotContain("<form action").doesNotContain("<form>");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void html_title_isThatOfPageAndOrganization(Gallery.Shown shown) {
    assertThat(shown.html())
        .containsPattern(
            shown.frame().visitor() == null
                ? "<title>[^<]+ · Bitting</title>"
                : "<title>[^<]+ · Acme · Bitting</title>");
  }

  /** X1: a name with markup is text wherever it stands. */
  @Test
  void html_namesWithMarkup_areText() {
    String html = Gallery.get("keys-hostile").html();

    assertThat(html).doesNotContain("<img").doesNotContain("<script>").contains("&lt;img src=x");
  }

  /** K6: the token is in the body of the page that reveals it, and nowhere else. */
  @Test
  void reveal_token_isInTheBodyAloneAndInNoDescription() {
    Gallery.Shown shown = Gallery.get("reveal-created");
    String html = shown.html();

    assertThat(html.indexOf(Gallery.TOKEN)).isGreaterThan(html.indexOf("<main"));
    assertThat(html).doesNotContainPattern("(href|action|src)=\"[^\"]*" + Gallery.TOKEN);
    assertThat(shown.page().toString()).doesNotContain(Gallery.TOKEN);
    assertThat(Gallery.get("reveal-again").html()).doesNotContain(Gallery.TOKEN);
  }

  @Test
  void toString_ofPagesWithSecrets_showsNone() {
    assertThat(Gallery.get("codes-full").page().toString()).doesNotContain("k3f0");
    assertThat(Gallery.get("enrol-full").page().toString()).doesNotContain("JBSW");
    assertThat(Gallery.get("members-invited").page().toString()).doesNotContain("Zk3u8QmT1xV9");
    assertThat(Gallery.owner().toString()).doesNotContain(Gallery.FORM_TOKEN);
  }

  @Test
  void html_withoutTheRight_keepsTheButtonAndNamesTheRole() {
    String html = Gallery.get("keys-auditor").html();

    assertThat(html)
        .contains("aria-disabled=\"true\"")
        .contains("To issue keys takes the role owner, admin or member; yours is auditor.")
        .doesNotContain("href=\"/keys/new\"");
  }

  @Test
  void newKey_nothingChosen_isSpecificAndNoneTicked() {
    String html = Gallery.get("new-key-empty").html();

    assertThat(html).containsPattern("value=\"specific\" checked");
    assertThat(html).doesNotContainPattern("name=\"scopes\" value=\"[^\"]*\" checked");
  }

  @Test
  void newKey_summary_countsWhatIsChosenAndWhatItOpens() {
    Picker picker =
        Gallery.picker(
            Set.of("scans:manage", "scans:delete", "issues:read"),
            Set.of("issues:read", "bot"),
            "");

    assertThat(picker.summary())
        .isEqualTo("3 scopes in 2 groups · 1 can change data · 1 destructive");
    // By implication also what scans:read opens; any valid key and anonymous too, undeclared never.
    assertThat(picker.callable()).isEqualTo(8);
    assertThat(picker.difference(true)).containsExactly("scans:manage", "scans:delete");
    assertThat(picker.difference(false)).containsExactly("bot");
  }

  @Test
  void relative_distances_areInWords() {
    assertThat(
            Stream.of("PT30S", "PT61S", "PT3H", "P3D", "P120D", "P800D")
                .map(Gallery::ago)
                .map(at -> Moments.relative(Gallery.NOW, at)))
        .containsExactly(
            "just now", "1 min ago", "3 h ago", "3 days ago", "4 months ago", "2 years ago");
    assertThat(
            Stream.of("PT30S", "PT25H", "P88D")
                .map(Gallery::in)
                .map(at -> Moments.relative(Gallery.NOW, at)))
        .containsExactly("in less than 1 min", "in 25 h", "in 88 days");
  }

  @Test
  void firstLoad_ofTheGreatestPage_isAtMost100KbCompressed() {
    List<CatalogAnswer.Entry> entries =
        IntStream.range(0, 142)
            .mapToObj(i ->
                new CatalogAnswer.Entry(
                    "update:thing-" + i * 7919 % 1000,
                    "Category " + i / 15,
                    "write",
                    "Update what number " + i + " is about",
                    false,
                    List.of(),
                    false))
            .toList();
    List<OperationAnswer> operations =
        IntStream.range(0, 714)
            .mapToObj(i ->
                new OperationAnswer(
                    "PATCH",
                    "/things/" + i * 104_729 % 10_000 + "/parts/{part}",
                    "",
                    "",
                    "",
                    new RequirementAnswer(
                        List.of(List.of(entries.get(i % 142).scope())), null, null, null)))
            .toList();
    NewKeyPage page =
        new NewKeyPage(
            List.of(),
            new NewKeyPage.Form("personnel", "", "", "P90D", "", false, "", "24h"),
            Gallery.picker(entries, operations, Set.of(), Set.of(), ""),
            List.of(),
            null,
            new NewKeyPage.Limits(null, true, ""),
            Faults.NONE);

    int assets = Stream.of(Asset.values()).mapToInt(asset -> compressed(asset.bytes())).sum();
    int html = compressed(ConsolePages.html(Gallery.owner(), page));

    assertThat(assets + html)
        .as("%s B of files, %s B of HTML", assets, html)
        .isLessThanOrEqualTo(FIRST_LOAD_MAX);
  }

  private static int compressed(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.size();
  }

  @Test
  void assets_ofOurOwn_areSmall() {
    assertThat(lines(Asset.THEME)).isLessThanOrEqualTo(400);
    assertThat(lines(Asset.SCRIPT)).isLessThanOrEqualTo(400);
    assertThat(Asset.at(Asset.THEME.path())).contains(Asset.THEME);
    assertThat(Asset.at("/assets/0000000000000000/theme.css")).isEmpty();
  }

  private static long lines(Asset asset) {
    return new String(asset.bytes(), StandardCharsets.UTF_8).lines().count();
  }

  @Test
  void html_ofEveryPage_isValid(@TempDir Path folder) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(Path.of("..", "build", "lint", "html").toRealPath().toString()));
    for (Gallery.Shown shown : Gallery.all()) {
      command.add(Files.writeString(folder.resolve(shown.id() + ".html"), shown.html()).toString());
    }

    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
  }
}
