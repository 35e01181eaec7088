package io.bitting.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.id.ApiId;
import io.bitting.openapi.DocumentNote.Code;
import io.bitting.scope.AccessLevel;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person should look at, although it is imported. */
final class ReviewTest {
  private static final Catalog CATALOG =
      Catalog.of(
          ApiId.parse("things").orElseThrow(),
          1,
          List.of(
              CatalogEntry.own(new Scope("things:read"), "Things", AccessLevel.READ, "Look"),
              CatalogEntry.own(new Scope("others:read"), "Things", AccessLevel.READ, "Look"),
              CatalogEntry.own(new Scope("things:write"), "Things", AccessLevel.WRITE, "Change"),
              CatalogEntry.own(new Scope("things:purge"), "Things", AccessLevel.DANGER, "Purge")));

  private static String operation(String method, String security) {
    return "openapi: 3.1.0\ncomponents: {securitySchemes: {key: {}}}\npaths:\n  /things: {"
        + method
        + ": {security: "
        + security
        + "}}\n";
  }

  private static Reading.Read read(String document) {
    return Documents.sound(document, ImportOptions.builder().catalog(CATALOG).build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "post | [{key: ['things:read']}] | true",
        "put | [{key: ['things:read']}] | true",
        "patch | [{key: ['things:read']}] | true",
        "delete | [{key: ['things:read', 'others:read']}] | true",
        "delete | [{key: ['things:write']}, {key: ['things:read']}] | true",
        "delete | [{key: ['things:write', 'things:read']}] | false",
        "delete | [{key: ['unknown:read']}] | false",
        "get | [{key: ['things:read']}] | false",
        "delete | [{key: []}] | false",
        "delete | [] | false",
      })
  void read_writeGuardedByReading_isNoted(String method, String security, boolean noted) {
    Reading.Read read = read(operation(method, security));

    assertThat(!Documents.notes(read, Code.WRITE_BY_READ).isEmpty()).isEqualTo(noted);
  }

  @Test
  void read_withoutCatalog_doesNotGuessFromNames() {
    assertThat(Documents.sound(operation("delete", "[{key: ['things:read']}]")).notes()).isEmpty();
  }

  @Test
  void read_scopesAndCatalog_areCompared() {
    Reading.Read read =
        read(operation("get", "[{key: ['things:read', 'bills:read']}, {key: ['things:write']}]"));

    assertThat(read.notes())
        .extracting(note -> note.code() + " " + note.message().split("\"", -1)[1])
        .containsExactlyInAnyOrder(
            "SCOPE_UNKNOWN bills:read", "SCOPE_UNUSED others:read", "SCOPE_UNUSED things:purge");
    assertThat(read.scopes()).containsKey(new Scope("bills:read"));
  }

  @ParameterizedTest
  @CsvSource({
    "/things/logout, x, x, true",
    "/things/reset-password, x, x, true",
    "/things, deleteThing, x, true",
    "/things, things_create, x, true",
    "/things, get_things, Deletes the things, true",
    "/things, get_things, Reset the things, true",
    "/things, get_things, List the deleted things, false",
    "/things/deleted, get_things, x, false",
    "/updates, listUpdates, List updates, false",
    "/addresses, getAddresses, Addresses, false",
    "/things/{create}, things, x, false",
  })
  void read_getThatSeemsToChangeSomething_isNoted(
      String path, String id, String summary, boolean noted) {
    String document =
        """
        openapi: 3.1.0
        paths:
          %s:
            get: {operationId: %s, summary: %s, security: []}
            post: {security: []}
        """
            .formatted(path, id, summary);

    assertThat(Documents.notes(Documents.sound(document), Code.READ_THAT_CHANGES))
        .hasSize(noted ? 1 : 0);
  }

  @Test
  void read_unusualScope_isKeptAndNotedOnce() {
    Reading.Read read =
        Documents.sound(
            operation(
                "get",
                "[{key: ['https://things.example/auth/Read']}, {key: [a, 'https://things.example/auth/Read']}]"));

    assertThat(Documents.requirements(read).values())
        .containsExactly("https://things.example/auth/Read | a & https://things.example/auth/Read");
    assertThat(read.notes()).extracting(DocumentNote::code).containsExactly(Code.SCOPE_SPELLING);
  }

  @Test
  void read_longestScope_isKept() {
    assertThat(Documents.sound(operation("get", "[{key: [" + "a".repeat(128) + "]}]")).scopes())
        .hasSize(1);
  }

  @Test
  void read_methodThatOpenApiLacks_isNotedAndNotRead() {
    Reading.Read read =
        Documents.sound("openapi: 3.1.0\npaths:\n  /a: {GET: {security: []}, x-b: 1}\n  x-c: 1\n");

    assertThat(read.operations()).isEmpty();
    assertThat(Documents.notes(read, Code.MEMBER_UNKNOWN)).containsExactly("/paths/~1a/GET");
  }

  @Test
  void read_words_areOneLine() {
    Reading.Read read =
        Documents.sound(
            """
            openapi: 3.1.0
            info: {title: "A\\n\\tB\\u202e C", version: 2}
            paths:
              /a:
                get:
                  summary: "  Shows\\n  it. "
                  tags: [One, Two]
                  operationId: getA
                  security: []
            """);

    assertThat(read.title()).isEqualTo("A B C");
    assertThat(read.version()).isEqualTo("2");
    assertThat(read.operations().get(0).summary()).isEqualTo("Shows it.");
    assertThat(read.operations().get(0).tag()).isEqualTo("One");
    assertThat(read.operations().get(0).id()).isEqualTo("getA");
  }

  @ParameterizedTest
  @CsvSource({
    "/{a}/b, /a/{b}, b, true",
    "/{a}/b, /a/{b}, a, false",
    "/a/{b}, /a/b, b, false",
    "/{a}/{b}, /a/{b}, b, false",
    "/{a}/b, /{a}/c, b, false",
    "/x{a}, /{a}y, b, true",
    "/x{a}, /y{a}, b, false",
    "/x{a}, /{a}, b, false",
    "/x{a}/b, /{a}/{b}, b, false",
    "/x{a}/{b}, /{a}/b, b, true",
    "/xy/{b}, /x{a}/b, b, true",
    "/zy/{b}, /x{a}/b, b, false",
    "/{a}/b, /a/{b}/c, b, false",
  })
  void read_pathsThatCross_areNotedIfTheyRequireDifferentThings(
      String one, String other, String scope, boolean noted) {
    String document =
        """
        openapi: 3.1.0
        components: {securitySchemes: {key: {}}}
        paths:
          '%s': {get: {security: [{key: [a]}]}}
          '%s': {get: {security: [{key: [%s]}]}, put: {security: [{key: [c]}]}}
        """;

    for (String text :
        List.of(document.formatted(one, other, scope), document.formatted(other, one, scope))) {
      assertThat(Documents.notes(Documents.sound(text), Code.PATHS_OVERLAP)).hasSize(noted ? 1 : 0);
    }
  }
}
