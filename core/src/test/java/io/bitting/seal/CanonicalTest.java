package io.bitting.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.id.ApiId;
import io.bitting.scope.AccessLevel;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Scope;
import io.bitting.seal.CanonicalVectors.Vector;
import io.bitting.store.CatalogForm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The canonical form: published vectors, and that no two rows have the same. */
final class CanonicalTest {
  private static final HexFormat HEX = HexFormat.of();

  static List<Vector> vectors() {
    return CanonicalVectors.all();
  }

  static List<Vector> rows() {
    return CanonicalVectors.all().stream()
        .filter(vector ->
            !Set.of("grant", "audit-event", "audit-commitment", "pepper-check")
                .contains(vector.kind()))
        .toList();
  }

  static List<Vector> grants() {
    return CanonicalVectors.of("grant");
  }

  static List<Vector> changedRows() {
    return rows().stream()
        .flatMap(vector -> CanonicalVectors.changed(vector).stream())
        .filter(changed -> !changed.kind().equals("catalog"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void canonical_publishedRow_hasThePublishedForm(Vector vector) {
    assertThat(HEX.formatHex(CanonicalVectors.form(vector.kind(), vector.row())))
        .isEqualTo(vector.form());
  }

  @ParameterizedTest
  @MethodSource("grants")
  void grantId_publishedGrant_isTheHashOfThePublishedForm(Vector vector) {
    assertThat(CanonicalVectors.grant(vector.row()).id().text()).isEqualTo(vector.sha256());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void seal_publishedForm_hasThePublishedHashAndMac(Vector vector) throws Exception {
    byte[] form = HEX.parseHex(vector.form());
    assertThat(HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(form)))
        .isEqualTo(vector.sha256());
    Seal seal = CanonicalVectors.keyset().seal(form);
    assertThat(seal.mac().hex()).isEqualTo(vector.mac());
    assertThat(seal.pepperVersion()).isEqualTo(CanonicalVectors.pepperVersion());
  }

  @Test
  void vectors_everySealedKindOfRow_isThere() {
    assertThat(new TreeSet<>(vectors().stream().map(Vector::kind).toList()))
        .containsExactly(
            "api",
            "audit-commitment",
            "audit-event",
            "catalog",
            "first-answer",
            "grant",
            "invitation",
            "key",
            "member",
            "organization",
            "passkey",
            "password",
            "pepper-check",
            "person",
            "recovery-code",
            "review-decision",
            "secret",
            "setup-code",
            "sign-in",
            "totp-seed");
    Set<String> forms = new HashSet<>();
    vectors().forEach(vector -> assertThat(forms.add(vector.form())).as("%s", vector).isTrue());
  }

  /** No part of a row is left out of its form. */
  @ParameterizedTest
  @MethodSource("changedRows")
  void canonical_anyPartChanged_isAnotherForm(Vector changed) {
    assertThat(HEX.formatHex(CanonicalVectors.form(changed.kind(), changed.row())))
        .isNotEqualTo(changed.form());
  }

  /** As above; but not every change of one part makes a catalog without faults. */
  @Test
  void canonical_anyPartOfACatalogChanged_isAnotherForm() {
    Catalog catalog =
        Catalog.of(
            new ApiId("appsec"), 1, List.of(entry("a", "x", false, "b"), entry("b", "x", false)));
    List<Catalog> changed =
        List.of(
            Catalog.of(new ApiId("appsed"), 1, catalog.entries()),
            Catalog.of(new ApiId("appsec"), 2, catalog.entries()),
            Catalog.of(
                new ApiId("appsec"),
                1,
                List.of(entry("b", "x", false), entry("a", "x", false, "b"))),
            Catalog.of(
                new ApiId("appsec"), 1, List.of(entry("a", "x", false), entry("b", "x", false))),
            Catalog.of(
                new ApiId("appsec"),
                1,
                List.of(entry("a", "x", false, "b"), entry("b", "y", false))),
            Catalog.of(
                new ApiId("appsec"),
                1,
                List.of(entry("a", "x", false, "b"), entry("b", "x", true))),
            Catalog.of(new ApiId("appsec"), 1, List.of(entry("a", "x", false))),
            Catalog.of(
                new ApiId("appsec"),
                1,
                List.of(
                    CatalogEntry.own(new Scope("a"), "x", AccessLevel.DANGER, "d"),
                    entry("b", "x", false))),
            Catalog.of(
                new ApiId("appsec"),
                1,
                List.of(
                    CatalogEntry.own(new Scope("a"), "x", AccessLevel.READ, "e"),
                    entry("b", "x", false))));
    Set<String> forms = new HashSet<>();
    forms.add(HEX.formatHex(CatalogForm.canonical(catalog)));
    for (Catalog each : changed) {
      assertThat(forms.add(HEX.formatHex(CatalogForm.canonical(each)))).as("%s", each).isTrue();
    }
    CatalogEntry own =
        CatalogEntry.own(
            new Scope("org:read"), "x", AccessLevel.READ, BuiltInScope.ORG_READ.description());
    CatalogEntry included = CatalogEntry.including(BuiltInScope.ORG_READ, "x");
    assertThat(CatalogForm.canonical(Catalog.of(new ApiId("a"), 1, List.of(own))))
        .isNotEqualTo(CatalogForm.canonical(Catalog.of(new ApiId("a"), 1, List.of(included))));
  }

  private static CatalogEntry entry(
      String name, String category, boolean retired, String... implies) {
    return new CatalogEntry(
        new Scope(name),
        category,
        AccessLevel.READ,
        "d",
        false,
        new TreeSet<>(Arrays.stream(implies).map(Scope::new).toList()),
        retired);
  }

  @Test
  void grantId_anyPartChanged_isAnother() {
    for (Vector vector : grants()) {
      for (Vector changed : CanonicalVectors.changed(vector)) {
        assertThat(CanonicalVectors.grant(changed.row()).id().text())
            .as("%s", changed)
            .isNotEqualTo(vector.sha256());
      }
    }
  }

  @Provide
  Arbitrary<List<String>> fields() {
    return Arbitraries.strings().alpha().ofMaxLength(3).injectNull(0.2).list().ofMaxSize(4);
  }

  @Property
  void text_twoListsOfFields_haveTheSameFormOnlyIfTheyAreEqual(
      @ForAll("fields") List<String> some, @ForAll("fields") List<String> others) {
    assertThat(Arrays.equals(form(some), form(others))).isEqualTo(some.equals(others));
  }

  /** Moving the boundary between two fields changes the form. */
  @Property
  void text_everyWayToSplitAText_isAnotherForm(@ForAll String text) {
    String unicode = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    Map<String, List<String>> forms = new HashMap<>();
    for (int i = 0; i <= unicode.length(); i++) {
      if (i > 0 && i < unicode.length() && Character.isLowSurrogate(unicode.charAt(i))) {
        continue;
      }
      List<String> split = List.of(unicode.substring(0, i), unicode.substring(i));
      assertThat(forms.put(HEX.formatHex(form(split)), split)).isNull();
    }
    for (List<String> other :
        List.of(
            List.of(unicode),
            List.of(unicode, "", ""),
            Arrays.asList(unicode, null),
            Arrays.asList(null, unicode))) {
      assertThat(forms.put(HEX.formatHex(form(other)), other)).isNull();
    }
  }

  /** Two collections side by side: an element that moves from one to the other is seen. */
  @Property
  void texts_aBoundaryMovedBetweenCollections_isAnotherForm(@ForAll("fields") List<String> fields) {
    Set<String> forms = new HashSet<>();
    List<String> values = fields.stream().map(String::valueOf).toList();
    for (int i = 0; i <= values.size(); i++) {
      byte[] form =
          Canonical.of("row")
              .texts(values.subList(0, i))
              .texts(values.subList(i, values.size()))
              .toBytes();
      assertThat(forms.add(HEX.formatHex(form))).isTrue();
    }
  }

  @Example
  void of_aKindThatRunsIntoItsFirstField_isAnotherForm() {
    assertThat(Canonical.of("ab").text("c").toBytes())
        .isNotEqualTo(Canonical.of("a").text("bc").toBytes());
    assertThat(Canonical.of("a").text("").toBytes()).isNotEqualTo(Canonical.of("a").toBytes());
  }

  @Test
  void fields_eachType_isWrittenAsDocumented() {
    assertThat(HEX.formatHex(Canonical.of("k").toBytes())).isEqualTo("01000000016b");
    assertThat(rest(Canonical.of("k").text(null))).isEqualTo("ffffffff");
    assertThat(rest(Canonical.of("k").text("é"))).isEqualTo("00000002c3a9");
    assertThat(rest(Canonical.of("k").number(-2))).isEqualTo("00000008fffffffffffffffe");
    assertThat(rest(Canonical.of("k").time(Instant.parse("1970-01-01T00:00:01.234567Z"))))
        .isEqualTo("0000000800000000000004d2");
    assertThat(rest(Canonical.of("k").time(null))).isEqualTo("ffffffff");
    assertThat(rest(Canonical.of("k").flag(true).flag(false))).isEqualTo("00000001010000000100");
    assertThat(rest(Canonical.of("k").texts(List.of("a"))))
        .isEqualTo("0000000800000000000000010000000161");
    assertThat(rest(Canonical.of("k").bytes(new byte[] {1, 2}))).isEqualTo("000000020102");
    assertThat(rest(Canonical.of("k").bytes(Bytes.zeros(1)))).isEqualTo("0000000100");
    assertThat(rest(Canonical.of("k").bytes((Bytes) null))).isEqualTo("ffffffff");
  }

  private static String rest(Canonical form) {
    return HEX.formatHex(form.toBytes()).substring("01000000016b".length());
  }

  private static byte[] form(List<String> fields) {
    Canonical form = Canonical.of("row");
    for (String field : new ArrayList<>(fields)) {
      form.text(field);
    }
    return form.toBytes();
  }
}
