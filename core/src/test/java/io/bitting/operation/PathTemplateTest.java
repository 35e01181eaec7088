package io.bitting.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.operation.PathTemplate.Literal;
import io.bitting.operation.PathTemplate.Mixed;
import io.bitting.operation.PathTemplate.Parameter;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathTemplateTest {

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/users, /users",
    "/users/, /users/",
    "/users/{id}, /users/{}",
    "/users/{user-id}/, /users/{}/",
    "/users/{user_id}/files/{name}.json, /users/{}/files/{}.json",
    "/a/{x}:cancel, /a/{}:cancel",
    "/a/v{x}, /a/v{}",
    "/a/{x}-{y}.{z}, /a/{}-{}.{}",
    "/.well-known/x, /.well-known/x",
    "/v1.1/a~b_c-d, /v1.1/a~b_c-d",
    "/a/!$&'()*+=:@, /a/!$&'()*+=:@",
    "/stra%C3%9Fe, /stra%C3%9Fe",
    "/stra%c3%9fe, /stra%C3%9Fe",
    "/straße, /stra%C3%9Fe",
    "/a%20b/{c}, /a%20b/{}",
    "/<upload_url>, /%3Cupload_url%3E",
    "/a[1], /a%5B1%5D",
    "/%7B%7D, /%7B%7D",
    "/%7B{x}%7D, /%7B{}%7D",
  })
  void shape_template_isItsPathWithoutNames(String text, String shape) {
    PathTemplate template = PathTemplate.of(text);
    assertThat(template.shape()).isEqualTo(shape);
    assertThat(template.text()).isEqualTo(text).isEqualTo(template.toString());
  }

  @Test
  void segments_template_areWhatStandsBetweenSlashes() {
    PathTemplate template = PathTemplate.of("/Users/{id}/{name}.json/x{a}-{b}/");
    assertThat(template.segments())
        .containsExactly(
            new Literal("Users", "users"),
            new Parameter(),
            new Mixed(List.of("", ".json")),
            new Mixed(List.of("x", "-", "")));
    assertThat(template.isSlashed()).isTrue();
    assertThat(PathTemplate.of("/").segments()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|does not begin with a slash",
        "users|does not begin with a slash",
        "*|does not begin with a slash",
        "https://a.example/users|does not begin with a slash",
        "//|has an empty segment",
        "//users|has an empty segment",
        "/users//{id}|has an empty segment",
        "/users//|has an empty segment",
        "/users/{}|has the parameter \"{}\"",
        "/users/{ id }|has the parameter \"{ id }\"",
        "/files/{path+}|has the parameter \"{path+}\"",
        "/files/{path*}|has the parameter \"{path*}\"",
        "/files/{+path}|has the parameter \"{+path}\"",
        "/users/{id:[0-9]*}|has the parameter",
        "/users/{id?}|has the parameter",
        "/users/{a,b}|has the parameter",
        "/users/{{id}}|has the parameter \"{{id}\"",
        "/users/{a/b}|is not closed before the next slash",
        "/users/{id|is not closed before the next slash",
        "/users/id}|closes nothing",
        "/users/{a}}|closes nothing",
        "/users/{a}{b}|has two parameters side by side",
        "/users/{id}/{id}|names two parameters \"{id}\"",
        "/users/{id}-{id}|names two parameters \"{id}\"",
        "/users/.|a segment ends with a dot",
        "/users/../x|a segment ends with a dot",
        "/users/me.|a segment ends with a dot",
        "/users/{x}.|a segment ends with a dot",
        "/users;v=1|has a semicolon",
        "/users/{x};y|has a semicolon",
        "/users%3B|has a semicolon",
        "/users\\x|has a backslash",
        "/users?x={y}|does not allow as it stands",
        "/users#x|has a \"#\"",
        "/users x|does not allow as it stands",
        "/users%2Fx|taken apart",
        "/100%25|taken apart",
        "/%61|needs none",
        "/a%2Ejson|needs none",
        "/a%40b|write it as it stands",
        "/a%3Ab|write it as it stands",
        "/{x}%3Acancel|write it as it stands",
        "/a%|is not followed by two hexadecimal digits",
        "/a%4{x}|is not followed by two hexadecimal digits",
        "/%C3{x}%A9|is not UTF-8",
        "/%E9|is not UTF-8",
        "/a%00|control character",
        "/a%20|begins or ends with a blank",
        "/a／b|Unicode is normalized",
      })
  void fault_textThatIsNoTemplate_isASentence(String text, String says) {
    assertThat(PathTemplate.fault(text)).get().asString().startsWith("path \"").contains(says);
    assertThatThrownBy(() -> PathTemplate.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(PathTemplate.fault(text).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a\nb", "/a\u0000", "/a\u0085b", "/a\ud800", "/a\udc40b", "/{a\nb}"})
  void fault_whatDoesNotPrint_isShownAsCodePoint(String text) {
    assertThat(PathTemplate.fault(text)).get().asString().contains("\\u{").doesNotContain("\n");
  }

  @Test
  void fault_lengths_areKept() {
    String longest = "/" + "a".repeat(PathTemplate.LENGTH_MAX - 1);
    assertThat(PathTemplate.fault(longest)).isEmpty();
    assertThat(PathTemplate.fault(longest + "a"))
        .contains("path \"" + "/" + "a".repeat(139) + "…\" has 1025 characters; at most 1024");
    assertThat(PathTemplate.fault("/a".repeat(64))).isEmpty();
    assertThat(PathTemplate.fault("/a".repeat(64) + "/")).isEmpty();
    assertThat(PathTemplate.fault("/a".repeat(65)))
        .get()
        .asString()
        .endsWith("has 65 segments; at most 64");
    assertThat(PathTemplate.fault("/{" + "a".repeat(128) + "}")).isEmpty();
    assertThat(PathTemplate.fault("/{" + "a".repeat(129) + "}")).isPresent();
  }

  @Test
  void equals_templates_areEqualAsWritten() {
    assertThat(PathTemplate.of("/a/{x}"))
        .isEqualTo(PathTemplate.of("/a/{x}"))
        .hasSameHashCodeAs(PathTemplate.of("/a/{x}"))
        .isNotEqualTo(PathTemplate.of("/a/{y}"))
        .isNotEqualTo("/a/{x}");
  }

  @Property(tries = 5_000)
  void of_anyText_isReadOrIsAtFault(@ForAll String text) {
    for (String tried : List.of(text, "/" + text, "/{" + text + "}", "/{x}" + text)) {
      if (PathTemplate.fault(tried).isEmpty()) {
        String shape = PathTemplate.of(tried).shape();
        if (shape.length() < PathTemplate.LENGTH_MAX) {
          assertThat(PathTemplate.of(shape.replaceFirst("\\{\\}", "{x}")).shape()).isEqualTo(shape);
        }
      }
    }
  }

  /** A template whose parameters are filled in is a path that it matches. */
  @Property(tries = 5_000)
  void of_anyTemplate_isFoundWhenItIsFilledIn(@ForAll String text) {
    String tried = "/a" + text + "/{x}" + text;
    if (PathTemplate.fault(tried).isEmpty()) {
      Operation operation = OperationSamples.of("GET " + tried, "a:b");
      String target = operation.path().shape().replace("{}", "17");
      assertThat(OperationIndex.of(List.of(operation)).find("GET", target))
          .isEqualTo(new Match.Found(operation));
    }
  }
}
