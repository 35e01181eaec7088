package io.bitting.server.catalogs;

import io.bitting.id.DisplayName;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Scope;
import io.bitting.scope.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads the templates of a catalog. */
final class TemplateReader {
  private static final List<String> MEMBERS = List.of("name", "description", "scopes");

  private final Map<Scope, CatalogEntry> entries = new LinkedHashMap<>();
  private final Faults faults;

  TemplateReader(List<CatalogEntry> entries, Faults faults) {
    entries.forEach(entry -> this.entries.put(entry.scope(), entry));
    this.faults = faults;
  }

  List<Template> read(Part part) {
    if (!(part instanceof Part.Sequence sequence)) {
      Members.wrongType(
          faults, part, "/templates", "\"templates\"", "a list", "write \"- name: …\" for each");
      return List.of();
    }
    if (sequence.items().size() > CatalogDocument.TEMPLATES_MAX) {
      wrong(
          part.line(),
          "/templates",
          "the catalog has "
              + sequence.items().size()
              + " templates; at most "
              + CatalogDocument.TEMPLATES_MAX
              + " are allowed",
          "keep those that people choose");
      return List.of();
    }
    List<Template> templates = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      Part item = sequence.items().get(i);
      String pointer = "/templates/" + i;
      Optional<Template> template = template(item, pointer);
      if (template.isPresent() && !names.add(template.get().name())) {
        wrong(
            item.line(),
            pointer + "/name",
            "template " + Members.quoted(template.get().name()) + " stands twice in the catalog",
            "keep one of them");
      }
      template.ifPresent(templates::add);
    }
    return templates;
  }

  private Optional<Template> template(Part part, String pointer) {
    if (!(part instanceof Part.Mapping mapping)) {
      Members.wrongType(
          faults,
          part,
          pointer,
          "the template",
          "an object",
          "write \"- name: …\" with description and scopes below it");
      return Optional.empty();
    }
    Members members = new Members(mapping, pointer, faults);
    members.allow("a template", MEMBERS);
    Optional<String> name = words(members, "name", DisplayName.LENGTH_MAX);
    Optional<String> description = words(members, "description", DisplayName.PURPOSE_LENGTH_MAX);
    Optional<SortedSet<Scope>> scopes =
        members.required("scopes", "the template").map(found -> scopes(found, members));
    return name.isPresent() && description.isPresent() && scopes.isPresent()
        ? Optional.of(new Template(name.get(), description.get(), scopes.get()))
        : Optional.empty();
  }

  private static Optional<String> words(Members members, String name, int lengthMax) {
    return members
        .required(name, "the template")
        .flatMap(part -> members.words(part, name, lengthMax));
  }

  private SortedSet<Scope> scopes(Part part, Members members) {
    SortedSet<Scope> scopes = new TreeSet<>();
    String where = members.at("scopes");
    if (!(part instanceof Part.Sequence sequence)) {
      members.wrongType(
          part, where, "\"scopes\"", "a list of scopes", "write scopes: [books:read]");
      return scopes;
    }
    if (sequence.items().isEmpty()) {
      wrong(
          part.line(),
          where,
          "the template has no scope; it is a proposal of at least one",
          "name a scope, or take the template out");
    }
    for (int i = 0; i < sequence.items().size(); i++) {
      Part item = sequence.items().get(i);
      String at = where + "/" + i;
      if (!(item instanceof Part.Scalar scalar && scalar.kind() == Part.Kind.TEXT)) {
        members.wrongType(item, at, "a scope of a template", "a text", "write the name of a scope");
        continue;
      }
      Optional<CatalogEntry> entry =
          Scope.parse(scalar.text()).flatMap(scope -> Optional.ofNullable(entries.get(scope)));
      if (entries.isEmpty()) {
        // Of no use before the scopes can be read, which is said there.
        continue;
      }
      if (entry.isEmpty()) {
        wrong(
            item.line(),
            at,
            "the template has "
                + Members.quoted(scalar.text())
                + ", which is not a scope of the catalog",
            "correct the name, add the scope, or take it out");
      } else if (entry.get().retired()) {
        wrong(
            item.line(),
            at,
            "the template has \"" + entry.get().scope() + "\", which is retired",
            "take it out; new keys cannot have it");
      } else if (!scopes.add(entry.get().scope())) {
        wrong(
            item.line(),
            at,
            "\"" + entry.get().scope() + "\" stands twice among the scopes of the template",
            "keep one of them");
      }
    }
    return scopes;
  }

  private void wrong(int line, String pointer, String message, String fix) {
    faults.add(line, pointer, CatalogFault.Code.TEMPLATE_INVALID, message, fix);
  }
}
