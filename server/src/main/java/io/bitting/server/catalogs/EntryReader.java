package io.bitting.server.catalogs;

import io.bitting.id.DisplayName;
import io.bitting.scope.AccessLevel;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Scope;
import io.bitting.scope.Spelling;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads one entry of a catalog's list. */
final class EntryReader {
  private static final List<String> OWN =
      List.of("scope", "category", "access", "description", "implies", "retired");
  private static final List<String> INCLUSION =
      List.of("include", "category", "description", "retired");
  private static final List<String> BUILT_IN =
      List.of("scope", "family", "category", "access", "description", "retired");

  private final String pointer;
  private final boolean builtIn;
  private final Faults faults;

  EntryReader(String pointer, boolean builtIn, Faults faults) {
    this.pointer = pointer;
    this.builtIn = builtIn;
    this.faults = faults;
  }

  /**
   * What was read.
   *
   * @param entry as far as it could be read, so that other entries can be held against it
   * @param line where its name is
   * @param pointer where its name is
   * @param implied what it implies, with lines
   */
  record Entry(CatalogEntry entry, int line, String pointer, List<Implied> implied) {}

  /** One implied scope, where it stands. */
  record Implied(Scope scope, int line, String pointer) {}

  /** Returns the entry if it has a name that is a scope; other faults do not keep it back. */
  Optional<Entry> read(Part part) {
    if (!(part instanceof Part.Mapping mapping)) {
      String name =
          part instanceof Part.Scalar scalar && scalar.kind() == Part.Kind.TEXT
              ? Spelling.printable(scalar.text())
              : "…";
      Members.wrongType(
          faults,
          part,
          pointer,
          "the entry",
          "an object",
          "write \"- scope: " + name + "\" with category, access and description below it");
      return Optional.empty();
    }
    Members members = new Members(mapping, pointer, faults);
    if (members.has("include") && members.has("scope")) {
      faults.add(
          mapping.line(),
          pointer,
          CatalogFault.Code.ENTRY_AMBIGUOUS,
          "the entry has both \"scope\" and \"include\"; it is a permission of this API or a built-in one",
          "keep \"scope\" for your own, \"include\" for Bitting's");
      return Optional.empty();
    }
    return members.has("include") ? inclusion(members) : own(members);
  }

  private Optional<Entry> inclusion(Members members) {
    members.allow("an inclusion, whose access level is the built-in scope's", INCLUSION);
    Optional<String> category =
        members
            .optional("category")
            .flatMap(part -> members.words(part, "category", DisplayName.LENGTH_MAX));
    Optional<String> description = description(members, members.optional("description"));
    boolean retired = members.truth("retired");
    Optional<String> name =
        members.optional("include").flatMap(part -> members.text(part, "include"));
    Optional<BuiltInScope> scope = name.flatMap(this::includable);
    if (name.isPresent() && scope.isEmpty()) {
      refuseInclusion(members, name.get());
    }
    return scope.map(found ->
        new Entry(
            new CatalogEntry(
                found.scope(),
                category.orElse("Organization"),
                found.access(),
                description.orElse(found.description()),
                true,
                new TreeSet<>(),
                retired),
            members.line("include"),
            members.at("include"),
            List.of()));
  }

  private Optional<BuiltInScope> includable(String name) {
    return Scope.parse(name)
        .flatMap(BuiltInScope::of)
        .filter(scope -> builtIn || scope.family() == BuiltInScope.Family.ORGANIZATION);
  }

  private void refuseInclusion(Members members, String name) {
    Optional<String> misspelt = Spelling.fault(name);
    if (misspelt.isPresent()) {
      malformed(members.line("include"), members.at("include"), misspelt.get(), name);
      return;
    }
    String choice =
        Arrays.stream(BuiltInScope.values())
            .filter(scope -> scope.family() == BuiltInScope.Family.ORGANIZATION)
            .map(scope -> scope.scope().text())
            .collect(Collectors.joining(", "));
    boolean ofInstallation = Scope.parse(name).flatMap(BuiltInScope::of).isPresent();
    faults.add(
        members.line("include"),
        members.at("include"),
        ofInstallation
            ? CatalogFault.Code.INCLUDE_OF_INSTALLATION
            : CatalogFault.Code.INCLUDE_UNKNOWN,
        ofInstallation
            ? "\""
                + name
                + "\" belongs to the installation; a product's catalog includes scopes of the organization family only"
            : Members.quoted(name) + " is not a built-in scope; these can be included: " + choice,
        ofInstallation
            ? "take it out; only keys of the operator organization can have it"
            : "write \"scope\" if it is your own, or choose one of these");
  }

  private Optional<Entry> own(Members members) {
    members.allow(
        builtIn ? "an entry of Bitting's own catalog" : "an entry", builtIn ? BUILT_IN : OWN);
    Optional<Part> name = members.required("scope", "the entry");
    String what =
        name.map(part ->
                part instanceof Part.Scalar scalar
                    ? "scope " + Members.quoted(scalar.text())
                    : "the entry")
            .orElse("the entry");
    Optional<String> category =
        members
            .required("category", what)
            .flatMap(part -> members.words(part, "category", DisplayName.LENGTH_MAX));
    Optional<AccessLevel> access = access(members, what);
    Optional<String> description = description(members, members.required("description", what));
    boolean retired = members.truth("retired");
    List<Implied> implied =
        builtIn
            ? List.of()
            : members.optional("implies").map(part -> implied(part, members)).orElse(List.of());
    Optional<Scope> scope = name.flatMap(part -> scope(part, members, "scope"));
    scope.filter(found -> builtIn).ifPresent(found -> checkBuiltIn(found, members));
    return scope.map(found ->
        new Entry(
            new CatalogEntry(
                found,
                category.orElse(""),
                access.orElse(AccessLevel.DANGER),
                description.orElse(""),
                builtIn,
                implied.stream().map(Implied::scope).collect(Collectors.toCollection(TreeSet::new)),
                retired),
            members.line("scope"),
            members.at("scope"),
            implied));
  }

  private Optional<String> description(Members members, Optional<Part> part) {
    return part.flatMap(
        found -> members.words(found, "description", DisplayName.PURPOSE_LENGTH_MAX));
  }

  private Optional<AccessLevel> access(Members members, String what) {
    Optional<String> text =
        members.required("access", what).flatMap(part -> members.text(part, "access"));
    Optional<AccessLevel> access = text.flatMap(AccessLevel::of);
    if (text.isPresent() && access.isEmpty()) {
      faults.add(
          members.line("access"),
          members.at("access"),
          CatalogFault.Code.ACCESS_UNKNOWN,
          "access level "
              + Members.quoted(text.get())
              + " is not known; there are read, write and danger",
          "read looks, write changes what can be changed back, danger destroys or hands out power");
    }
    return access;
  }

  private Optional<Scope> scope(Part part, Members members, String name) {
    Optional<String> text = members.text(part, name);
    text.flatMap(Spelling::fault)
        .ifPresent(fault -> malformed(part.line(), members.at(name), fault, text.get()));
    return text.flatMap(Scope::parse);
  }

  private void malformed(int line, String where, String fault, String text) {
    faults.add(
        line,
        where,
        CatalogFault.Code.SCOPE_MALFORMED,
        fault,
        text.chars().anyMatch(c -> c > 0x7e)
            ? "type the name again on a plain keyboard"
            : "write it such as books:read");
  }

  private List<Implied> implied(Part part, Members members) {
    if (!(part instanceof Part.Sequence sequence)) {
      String fix =
          part instanceof Part.Scalar scalar
              ? "write implies: [" + Spelling.printable(scalar.text()) + "]"
              : "write implies: [books:read]";
      members.wrongType(part, members.at("implies"), "\"implies\"", "a list of scopes", fix);
      return List.of();
    }
    Map<Scope, Implied> implied = new LinkedHashMap<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      Part item = sequence.items().get(i);
      String where = members.at("implies") + "/" + i;
      if (!(item instanceof Part.Scalar scalar && scalar.kind() == Part.Kind.TEXT)) {
        members.wrongType(
            item,
            where,
            "an implied scope",
            "a text",
            "write the name of a scope, in quotes if YAML reads it as something else");
        continue;
      }
      Spelling.fault(scalar.text())
          .ifPresent(fault -> malformed(item.line(), where, fault, scalar.text()));
      Optional<Scope> scope = Scope.parse(scalar.text());
      if (scope.isPresent()
          && implied.putIfAbsent(scope.get(), new Implied(scope.get(), item.line(), where))
              != null) {
        faults.add(
            item.line(),
            where,
            CatalogFault.Code.IMPLIED_REPEATED,
            "\"" + scope.get() + "\" stands twice among the implied scopes",
            "keep one of them");
      }
    }
    return List.copyOf(implied.values());
  }

  private void checkBuiltIn(Scope scope, Members members) {
    Optional<BuiltInScope> found = BuiltInScope.of(scope);
    Optional<String> family =
        members
            .required("family", "scope \"" + scope + "\"")
            .flatMap(part -> members.text(part, "family"));
    if (found.isEmpty()) {
      faults.add(
          members.line("scope"),
          members.at("scope"),
          CatalogFault.Code.BUILT_IN,
          "\""
              + scope
              + "\" is not a scope of Bitting; the catalog of the API bitting ships with the product",
          "give your API another id than bitting");
    } else if (family.isPresent() && !family.get().equals(found.get().family().code())) {
      faults.add(
          members.line("family"),
          members.at("family"),
          CatalogFault.Code.BUILT_IN,
          "family " + Members.quoted(family.get()) + " is not that of \"" + scope + "\"",
          "write family: " + found.get().family().code());
    }
  }
}
