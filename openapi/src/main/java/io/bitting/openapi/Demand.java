package io.bitting.openapi;

import io.bitting.openapi.DocumentNote.Code;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What operations with the same {@code security} and the same further scopes require, and what is
 * to be said about it.
 */
record Demand(Requirement requirement, List<Remark> remarks) {

  /** Stands for the alternative of a document that says only what is required besides. */
  private static final Security.Alternative BESIDES_ALONE =
      new Security.Alternative(Set.of(), List.of());

  /** A note on each operation that the demand is made of. */
  record Remark(Code code, String message) {}

  /**
   * What a demand is made from.
   *
   * @param security what {@code security} says; empty if nothing says it
   * @param besides the scopes that are required besides
   * @param anyOf whether of several scopes of one list any one will do
   */
  record Source(Optional<Security> security, Set<Scope> besides, boolean anyOf) {}

  /** Scopes that are needed together, with the schemes that they are from. */
  private record Candidate(Set<String> schemes, SortedSet<Scope> scopes) {}

  /**
   * Works out a demand.
   *
   * @return empty if there are more alternatives than {@link OpenApiDocument#LIST_MAX}
   */
  static Optional<Demand> of(Source source) {
    List<Remark> remarks = new ArrayList<>();
    if (source.security().isEmpty() && source.besides().isEmpty()) {
      remarks.add(
          new Remark(
              Code.UNDECLARED,
              "nothing says what the operation requires, so it is denied to everybody"));
      return Optional.of(new Demand(new Requirement.Undeclared(), remarks));
    }
    List<Security.Alternative> alternatives =
        source.security().map(Security::alternatives).orElse(List.of(BESIDES_ALONE));
    if (alternatives.isEmpty()) {
      return Optional.of(new Demand(nothingLeft(remarks), remarks));
    }
    Set<Candidate> candidates = new LinkedHashSet<>();
    for (Security.Alternative alternative : alternatives) {
      for (SortedSet<Scope> scopes : combinations(alternative, source)) {
        candidates.add(new Candidate(alternative.schemes(), scopes));
      }
      if (candidates.size() > OpenApiDocument.LIST_MAX) {
        return Optional.empty();
      }
    }
    if (source.anyOf() && alternatives.stream().anyMatch(each -> splits(each, source))) {
      remarks.add(
          new Remark(
              Code.ANY_OF,
              "of several scopes in one list any one will do, as the options say; the document asks for all of them"));
    }
    if (!source.besides().isEmpty()
        && source.security().isPresent()
        && alternatives.stream().anyMatch(each -> each.schemes().isEmpty())) {
      remarks.add(
          new Remark(
              Code.CONTRADICTION,
              "\"security\" asks for no key, but "
                  + Sentence.listed(source.besides())
                  + " is required besides; it stays required"));
    }
    return Optional.of(new Demand(requirement(source, List.copyOf(candidates), remarks), remarks));
  }

  private static boolean splits(Security.Alternative alternative, Source source) {
    return source.besides().size() > 1
        || alternative.lists().stream().anyMatch(list -> list.size() > 1);
  }

  /** Returns the sets of scopes each of which satisfies an alternative, cut off past the limit. */
  private static List<SortedSet<Scope>> combinations(
      Security.Alternative alternative, Source source) {
    List<Set<Scope>> lists = new ArrayList<>(alternative.lists());
    lists.add(source.besides());
    List<SortedSet<Scope>> combinations = List.of(new TreeSet<>());
    for (Set<Scope> list : lists) {
      List<SortedSet<Scope>> longer = new ArrayList<>();
      for (SortedSet<Scope> begun : combinations) {
        for (Set<Scope> chosen : source.anyOf() ? oneOf(list) : List.of(list)) {
          if (longer.size() > OpenApiDocument.LIST_MAX) {
            break;
          }
          SortedSet<Scope> both = new TreeSet<>(begun);
          both.addAll(chosen);
          longer.add(both);
        }
      }
      combinations = longer;
    }
    return combinations;
  }

  private static List<Set<Scope>> oneOf(Set<Scope> list) {
    return list.isEmpty() ? List.of(list) : list.stream().map(Set::of).toList();
  }

  private static Requirement nothingLeft(List<Remark> remarks) {
    remarks.add(
        new Remark(
            Code.NOTHING_LEFT,
            "no alternative is left that a key can satisfy, so the operation is denied to everybody"));
    return new Requirement.Undeclared();
  }

  private static Requirement requirement(
      Source source, List<Candidate> candidates, List<Remark> remarks) {
    if (candidates.stream().anyMatch(each -> each.scopes().isEmpty() && each.schemes().isEmpty())) {
      remarks.add(
          new Remark(
              Code.ANONYMOUS,
              candidates.size() == 1
                  ? "no key is asked for"
                  : "no key is one of the alternatives, so that the others guard nothing"));
      return new Requirement.Anonymous();
    }
    boolean scopesElsewhere = source.security().filter(Security::scopesElsewhere).isPresent();
    List<Candidate> kept =
        candidates.stream().filter(each -> !isOutdone(each, candidates, scopesElsewhere)).toList();
    if (kept.size() < candidates.size()) {
      remarks.add(
          new Remark(
              Code.ALTERNATIVE_DROPPED,
              "a scheme without scopes is an alternative to another one with scopes; it is left out, since otherwise any valid key would do"));
    }
    if (kept.isEmpty()) {
      return nothingLeft(remarks);
    }
    if (kept.stream().anyMatch(each -> each.scopes().isEmpty())) {
      remarks.add(
          new Remark(
              Code.ANY_VALID_KEY,
              kept.size() == 1
                  ? "no scope is asked for, so any valid key will do"
                  : "no scope is one of the alternatives, so that any valid key will do and the others guard nothing"));
      return new Requirement.AnyValidKey();
    }
    return new Requirement.Scopes(kept.stream().map(Candidate::scopes).distinct().toList());
  }

  /* A scheme that cannot have scopes (an API key, in 3.0) has an empty list for want of a better one.
  That is no wish to let in everybody who lacks the scopes of the scheme beside it. Who names both
  schemes as a key's gets an operation that asks for these scopes. */
  private static boolean isOutdone(
      Candidate candidate, List<Candidate> others, boolean scopesElsewhere) {
    return candidate.scopes().isEmpty()
        && (scopesElsewhere
            || others.stream()
                .anyMatch(other ->
                    !other.scopes().isEmpty() && !other.schemes().equals(candidate.schemes())));
  }
}
