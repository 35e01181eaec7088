package io.bitting.server.catalogs;

import io.bitting.id.ApiId;
import io.bitting.id.DisplayName;
import io.bitting.id.Slug;
import io.bitting.key.KeyPrefix;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Scope;
import io.bitting.scope.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a catalog of the parts of a text, and names every fault on the way. One use, one text. */
final class CatalogReader {
  private static final List<String> MEMBERS =
      List.of("catalog", "api", "name", "prefix", "scopes", "templates");
  private static final String WHAT = "the catalog";

  private final Faults faults;

  CatalogReader(Faults faults) {
    this.faults = faults;
  }

  CatalogDocument.Reading read(Part root) {
    Optional<CatalogDocument> document =
        root instanceof Part.Mapping mapping ? document(mapping) : noObject(root);
    if (document.isPresent() && faults.isEmpty()) {
      // The lines above find all that Catalog finds; should they ever not, this does.
      for (String fault :
          Catalog.faults(
              document.get().api(), document.get().entries(), document.get().templates())) {
        faults.add(1, "/scopes", CatalogFault.Code.BUILT_IN, fault, "correct the entry");
      }
    }
    return document.isPresent() && faults.isEmpty()
        ? new CatalogDocument.Sound(document.get())
        : new CatalogDocument.Faulty(faults.inOrder());
  }

  private Optional<CatalogDocument> noObject(Part root) {
    if (!(root instanceof Part.Refused)) {
      faults.add(
          root.line(),
          "",
          CatalogFault.Code.TYPE_WRONG,
          "the text is "
              + root.words()
              + "; a catalog is an object with the members "
              + String.join(", ", MEMBERS),
          "begin with the line \"catalog: 1\"");
    }
    return Optional.empty();
  }

  private Optional<CatalogDocument> document(Part.Mapping mapping) {
    Members members = new Members(mapping, "", faults);
    members.allow("a catalog", MEMBERS);
    version(members);
    Optional<ApiId> api = api(members);
    Optional<String> name =
        members
            .required("name", WHAT)
            .flatMap(part -> members.words(part, "name", DisplayName.LENGTH_MAX));
    Optional<KeyPrefix> prefix = prefix(members);
    boolean builtIn = api.filter(ApiId::isBuiltIn).isPresent();
    List<CatalogEntry> entries =
        members
            .required("scopes", WHAT)
            .map(part -> entries(part, members, builtIn))
            .orElse(List.of());
    List<Template> templates =
        members
            .optional("templates")
            .map(part -> new TemplateReader(entries, faults).read(part))
            .orElse(List.of());
    return api.isPresent() && name.isPresent() && prefix.isPresent()
        ? Optional.of(new CatalogDocument(api.get(), name.get(), prefix.get(), entries, templates))
        : Optional.empty();
  }

  private void version(Members members) {
    Part part = members.required("catalog", WHAT).orElse(null);
    if (part instanceof Part.Scalar scalar && scalar.kind() == Part.Kind.INTEGER) {
      if (!scalar.text().equals("1")) {
        faults.add(
            part.line(),
            "/catalog",
            CatalogFault.Code.VERSION_UNKNOWN,
            "version "
                + Members.quoted(scalar.text())
                + " of the format is not known; there is version 1",
            "write catalog: 1");
      }
    } else if (part != null) {
      members.wrongType(part, "/catalog", "\"catalog\"", "the number 1", "write catalog: 1");
    }
  }

  private Optional<ApiId> api(Members members) {
    Optional<String> text =
        members.required("api", WHAT).flatMap(part -> members.text(part, "api"));
    Optional<ApiId> api = text.flatMap(ApiId::parse);
    if (text.isPresent() && api.isEmpty()) {
      faults.add(
          members.line("api"),
          "/api",
          CatalogFault.Code.API_INVALID,
          "API id " + Members.quoted(text.get()) + " is not well-formed; " + Slug.RULE,
          "write it in lower case, with hyphens for blanks");
    }
    return api;
  }

  private Optional<KeyPrefix> prefix(Members members) {
    Optional<String> text =
        members.required("prefix", WHAT).flatMap(part -> members.text(part, "prefix"));
    Optional<KeyPrefix> prefix = text.flatMap(KeyPrefix::parse);
    if (text.isPresent() && prefix.isEmpty()) {
      faults.add(
          members.line("prefix"),
          "/prefix",
          CatalogFault.Code.PREFIX_INVALID,
          "key prefix " + Members.quoted(text.get()) + " is not well-formed; " + KeyPrefix.RULE,
          "choose one such as \"lib\" or \"lib_test\"; it never changes");
    }
    return prefix;
  }

  private List<CatalogEntry> entries(Part part, Members members, boolean builtIn) {
    if (!(part instanceof Part.Sequence sequence)) {
      members.wrongType(
          part,
          "/scopes",
          "\"scopes\"",
          "a list",
          "write one entry a scope, each beginning with \"- scope: …\"");
      return List.of();
    }
    if (sequence.items().isEmpty()) {
      faults.add(
          part.line(),
          "/scopes",
          CatalogFault.Code.SCOPES_EMPTY,
          "\"scopes\" is empty; a catalog has at least one scope",
          "add a scope");
    }
    if (sequence.items().size() > CatalogDocument.SCOPES_MAX) {
      faults.add(
          part.line(),
          "/scopes",
          CatalogFault.Code.SCOPES_TOO_MANY,
          "the catalog has "
              + sequence.items().size()
              + " scopes; at most "
              + CatalogDocument.SCOPES_MAX
              + " are allowed",
          "give parts of the API catalogs of their own");
      return List.of();
    }
    Map<Scope, EntryReader.Entry> byScope = new LinkedHashMap<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      entry(sequence.items().get(i), "/scopes/" + i, builtIn, byScope);
    }
    new Implications(byScope, faults).check();
    List<CatalogEntry> entries = new ArrayList<>();
    byScope.values().forEach(entry -> entries.add(entry.entry()));
    return entries;
  }

  private void entry(
      Part part, String pointer, boolean builtIn, Map<Scope, EntryReader.Entry> byScope) {
    Optional<EntryReader.Entry> read = new EntryReader(pointer, builtIn, faults).read(part);
    if (read.isEmpty()) {
      return;
    }
    EntryReader.Entry first = byScope.putIfAbsent(read.get().entry().scope(), read.get());
    if (first != null) {
      faults.add(
          read.get().line(),
          read.get().pointer(),
          CatalogFault.Code.SCOPE_REPEATED,
          "scope \""
              + read.get().entry().scope()
              + "\" stands twice in the catalog, first in line "
              + first.line(),
          "keep one of them");
    }
  }
}
