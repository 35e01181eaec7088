package io.bitting.openapi;

import io.bitting.openapi.DocumentFault.Code;
import io.bitting.scope.Scope;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads {@code security}, and the scopes of {@code x-required-scopes}. Whatever is not a list of
 * objects of lists of scopes is a fault: a reader that passes over what it does not understand
 * would leave an operation with less than it requires.
 */
final class SecurityReader {
  static final String SECURITY = "security";

  /** What scopes are called that are required besides. */
  static final List<String> EXTENSIONS = List.of("x-required-scopes", "x-required-scope");

  private static final String SHAPE = "write it as a list: [{scheme: [scope, …]}, …]";
  private static final String NO_KEY =
      "; where no key is needed, write [] in place of the whole list";

  private final Schemes schemes;
  private final Faults faults;
  private final Notes notes;
  private final IdentityHashMap<Node, Security> read = new IdentityHashMap<>();
  private final Set<Scope> spelled = new LinkedHashSet<>();

  SecurityReader(Schemes schemes, Faults faults, Notes notes) {
    this.schemes = schemes;
    this.faults = faults;
    this.notes = notes;
  }

  /**
   * Reads the member {@code security} of a part.
   *
   * @param operation whose it is, for notes; empty if of the document
   * @return empty if there is none
   */
  Optional<Security> security(Part holder, String operation) {
    Optional<Part> part = holder.member(SECURITY);
    if (part.isEmpty()) {
      return Optional.empty();
    }
    Security known = read.get(part.get().node());
    if (known == null) {
      known = isEmptyList(part.get()) ? Security.open() : readList(part.get(), operation);
      read.put(part.get().node(), known);
    }
    return Optional.of(known);
  }

  private Security readList(Part security, String operation) {
    List<Security.Alternative> kept = new ArrayList<>();
    boolean scopesElsewhere = false;
    if (!isList(security, "\"security\"", SHAPE + NO_KEY)) {
      return new Security(kept, false);
    }
    for (Part item : security.items()) {
      if (!item.isMapping()) {
        faults.addWrongType(
            item,
            Code.SECURITY_MALFORMED,
            "an alternative of \"security\"",
            "an object of schemes with lists of scopes",
            SHAPE);
        continue;
      }
      List<SortedSet<Scope>> lists = new ArrayList<>();
      Set<String> foreign = new LinkedHashSet<>();
      item.members()
          .forEach((scheme, scopes) -> {
            if (!schemes.known().contains(scheme)) {
              faults.add(
                  scopes,
                  Code.SCHEME_UNKNOWN,
                  "\"security\" names the scheme "
                      + Sentence.quoted(scheme)
                      + ", which the document does not have"
                      + (schemes.known().isEmpty()
                          ? ""
                          : "; it has " + Sentence.listed(schemes.known())),
                  "correct the name, or add the scheme");
            } else if (schemes.ours().contains(scheme)) {
              lists.add(scopes(scopes, "the list of scopes of " + Sentence.quoted(scheme)));
            } else {
              isListOfTexts(scopes, "the list of scopes of " + Sentence.quoted(scheme));
              foreign.add(scheme);
            }
          });
      if (foreign.isEmpty()) {
        kept.add(new Security.Alternative(item.names(), lists));
      } else {
        scopesElsewhere |= item.members().values().stream().anyMatch(scopes -> scopes.size() > 0);
        notes.add(
            item,
            DocumentNote.Code.ALTERNATIVE_DROPPED,
            operation,
            "the alternative "
                + Sentence.listed(item.names())
                + " asks for "
                + Sentence.listed(foreign)
                + ", for which no key stands; it is left out");
      }
    }
    return new Security(kept, scopesElsewhere);
  }

  /**
   * Reads the scopes that a part requires besides its {@code security}.
   *
   * @return empty if it does not say so
   */
  Optional<SortedSet<Scope>> besides(Part holder) {
    SortedSet<Scope> scopes = new TreeSet<>();
    boolean found = false;
    for (String name : EXTENSIONS) {
      Optional<Part> part = holder.member(name);
      if (part.isPresent()) {
        found = true;
        scopes.addAll(besides(part.get(), name));
      }
    }
    return found ? Optional.of(scopes) : Optional.empty();
  }

  private Set<Scope> besides(Part part, String name) {
    if (part.text().isPresent()) {
      Optional<Scope> scope = scope(part);
      return scope.isPresent() ? Set.of(scope.get()) : Set.of();
    }
    if (isEmptyList(part)) {
      faults.add(
          part,
          Code.SECURITY_MALFORMED,
          "\"" + name + "\" is empty; it must name a scope",
          "take it out, or name a scope; any valid key is \"security\": [{\"scheme\": []}]");
      return Set.of();
    }
    return scopes(part, "\"" + name + "\"");
  }

  private SortedSet<Scope> scopes(Part list, String what) {
    SortedSet<Scope> scopes = new TreeSet<>();
    if (isListOfTexts(list, what)) {
      for (Part item : list.items()) {
        scope(item).ifPresent(scopes::add);
      }
    }
    return scopes;
  }

  private static boolean isEmptyList(Part part) {
    return part.isSequence() && part.size() == 0;
  }

  private boolean isListOfTexts(Part list, String what) {
    if (!isList(list, what, "write it as a list of scopes, [] for none")) {
      return false;
    }
    boolean right = true;
    for (Part item : list.items()) {
      if (item.text().isEmpty()) {
        right = false;
        faults.addWrongType(
            item,
            Code.SECURITY_MALFORMED,
            "a scope",
            "a text",
            "put it in quotes if it is the name of a scope");
      }
    }
    return right;
  }

  private boolean isList(Part part, String what, String fix) {
    if (!part.isSequence()) {
      faults.addWrongType(part, Code.SECURITY_MALFORMED, what, "a list", fix);
      return false;
    }
    if (part.size() > OpenApiDocument.LIST_MAX) {
      faults.add(
          part,
          Code.LIST_TOO_LONG,
          what
              + " has "
              + part.size()
              + " items; at most "
              + OpenApiDocument.LIST_MAX
              + " are read",
          "name fewer");
      return false;
    }
    return true;
  }

  private Optional<Scope> scope(Part part) {
    String text = part.text().orElse("");
    Optional<Scope> scope = Scope.parseToken(text);
    if (scope.isEmpty()) {
      faults.add(
          part,
          Code.SCOPE_MALFORMED,
          "the scope "
              + Sentence.quoted(text)
              + (text.length() > Scope.LENGTH_MAX
                  ? " has " + text.length() + " characters"
                  : " is no scope token")
              + "; a scope is 1 to "
              + Scope.LENGTH_MAX
              + " printable ASCII characters without blank, quote and backslash",
          text.contains(" ") ? "write several scopes as items of a list" : "correct it");
    } else if (Scope.parse(text).isEmpty() && spelled.add(scope.get())) {
      notes.add(
          part,
          DocumentNote.Code.SCOPE_SPELLING,
          "",
          "the scope " + Sentence.quoted(text) + " is kept as it is, but " + Scope.RULE);
    }
    return scope;
  }
}
