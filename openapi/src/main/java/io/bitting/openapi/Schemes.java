package io.bitting.openapi;

import io.bitting.openapi.DocumentFault.Code;
import io.bitting.scope.Scope;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The security schemes of a document.
 *
 * @param known the names of all
 * @param ours the names of those that a key of Bitting stands for
 * @param described the scopes that ours describe, with what they say
 */
record Schemes(Set<String> known, Set<String> ours, SortedMap<Scope, String> described) {

  static Schemes read(
      Part root, Version version, ImportOptions options, References references, Faults faults) {
    Optional<Part> schemes =
        version == Version.SWAGGER_2_0
            ? root.member("securityDefinitions")
            : root.member("components").flatMap(part -> part.member("securitySchemes"));
    schemes
        .filter(part -> !part.isMapping())
        .ifPresent(part ->
            faults.addWrongType(
                part, "the list of security schemes", "an object", "give each scheme a name"));
    Set<String> known = schemes.map(Part::names).orElse(Set.of());
    Set<String> ours = ours(schemes.orElse(root), known, options, faults);
    SortedMap<Scope, String> described = new TreeMap<>();
    for (String name : ours) {
      schemes
          .flatMap(part -> part.member(name))
          .flatMap(references::follow)
          .ifPresent(scheme -> describe(scheme, version, described, faults));
    }
    return new Schemes(known, ours, described);
  }

  private static Set<String> ours(
      Part where, Set<String> known, ImportOptions options, Faults faults) {
    String has =
        known.isEmpty()
            ? "the document has no security scheme"
            : "the document has the security schemes " + Sentence.listed(known);
    if (options.schemes().isEmpty()) {
      if (known.size() > 1) {
        faults.add(
            where,
            Code.SCHEME_UNNAMED,
            has + ", and nothing says which of them a key stands for",
            "name one or more of them");
      }
      return known;
    }
    Set<String> ours = new LinkedHashSet<>();
    for (String name : options.schemes()) {
      if (known.contains(name)) {
        ours.add(name);
      } else {
        faults.add(
            where,
            Code.SCHEME_UNKNOWN,
            "a key is to stand for the security scheme " + Sentence.quoted(name) + ", but " + has,
            "name one of the document");
      }
    }
    return ours;
  }

  private static void describe(
      Part scheme, Version version, SortedMap<Scope, String> described, Faults faults) {
    if (!scheme.isMapping()) {
      faults.addWrongType(scheme, "a security scheme", "an object", "say of what type it is");
      return;
    }
    if (version == Version.SWAGGER_2_0) {
      scheme.member("scopes").ifPresent(scopes -> describe(scopes, described));
      return;
    }
    for (Part flow : scheme.member("flows").map(Part::members).orElse(Map.of()).values()) {
      flow.member("scopes").ifPresent(scopes -> describe(scopes, described));
    }
  }

  /** Takes what is a scope; what is not can be required by no operation either. */
  private static void describe(Part scopes, SortedMap<Scope, String> described) {
    scopes
        .members()
        .forEach((name, description) ->
            Scope.parseToken(name)
                .ifPresent(scope ->
                    described.merge(
                        scope,
                        Sentence.line(description.words().orElse("")),
                        (first, second) -> first.isEmpty() ? second : first)));
  }
}
