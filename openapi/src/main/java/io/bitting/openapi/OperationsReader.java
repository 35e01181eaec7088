package io.bitting.openapi;

import io.bitting.openapi.DocumentFault.Code;
import io.bitting.operation.Operation;
import io.bitting.operation.PathTemplate;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads the paths of a document, with the operations of each. One use. */
final class OperationsReader {
  private static final List<String> METHODS =
      List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private static final Set<String> NO_METHODS =
      Set.of(References.REF, "summary", "description", "servers", "parameters");

  /** What stands for the demand that a fault was found in. */
  private static final Numbered NONE =
      new Numbered(new Demand(new Requirement.Undeclared(), List.of()), -1);

  private final ImportOptions options;
  private final References references;
  private final SecurityReader securityReader;
  private final Servers servers;
  private final Faults faults;
  private final Notes notes;

  private final List<Found> found = new ArrayList<>();
  private final Map<String, Found> byShape = new HashMap<>();
  private final Map<String, Part> byId = new HashMap<>();
  private final Map<String, Integer> named = new LinkedHashMap<>();
  private final Map<Demand.Source, Optional<Numbered>> demands = new HashMap<>();
  private final Map<Requirement, Integer> numbers = new HashMap<>();
  private final Set<Node> checked = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * An operation with the place that it was found in.
   *
   * @param operation the operation
   * @param part the object that describes it
   * @param requirementNumber the same for equal requirements, which are long to compare
   */
  record Found(Operation operation, Part part, int requirementNumber) {}

  /** A demand, with the number of its requirement. */
  private record Numbered(Demand demand, int number) {}

  /** What operations have unless they say otherwise. */
  private record Outer(
      Optional<Security> security, SortedSet<Scope> besides, List<String> basePaths) {}

  OperationsReader(
      ImportOptions options,
      References references,
      SecurityReader securityReader,
      Servers servers,
      Faults faults,
      Notes notes) {
    this.options = options;
    this.references = references;
    this.securityReader = securityReader;
    this.servers = servers;
    this.faults = faults;
    this.notes = notes;
    for (String name : options.anyOfOperations()) {
      named.put(name, 0);
    }
  }

  /**
   * Reads all operations.
   *
   * @throws UnreadableException if there are too many
   */
  List<Found> read(Part root, Version version) {
    refuseMisspelled(root);
    Outer outer =
        new Outer(
            securityReader.security(root, ""),
            securityReader.besides(root).orElse(new TreeSet<>()),
            servers.ofDocument(root, version));
    Optional<Part> paths = root.member("paths");
    if (paths.isEmpty()) {
      faults.add(
          root,
          Code.MEMBER_MISSING,
          "the document has no \"paths\", and so no operation",
          "add \"paths\"; where there is none yet, write an empty object");
      return found;
    }
    if (!paths.get().isMapping()) {
      faults.addWrongType(
          paths.get(), "\"paths\"", "an object", "write each path as a member of it");
    }
    paths.get().members().forEach((path, item) -> readPath(path, item, outer));
    if (faults.isEmpty()) {
      refuseUnknownNames(root);
    }
    return found;
  }

  private void readPath(String path, Part item, Outer outer) {
    if (path.startsWith("x-")) {
      return;
    }
    if (!path.startsWith("/")) {
      faults.add(
          item,
          Code.PATH_MALFORMED,
          "the path " + Sentence.quoted(path) + " does not begin with a slash",
          "write it with a slash in front, or take it out");
      return;
    }
    if (!item.isMapping()) {
      faults.addWrongType(
          item,
          "the path " + Sentence.quoted(path),
          "an object",
          "write its methods as members of it");
      return;
    }
    refuseBesideReference(item);
    references.follow(item).ifPresent(target -> readItem(path, target, outer));
  }

  /** Refuses what a reference would replace, or be joined with: readers differ on which. */
  private void refuseBesideReference(Part item) {
    if (!item.names().contains(References.REF)) {
      return;
    }
    for (String name : item.names()) {
      if (METHODS.contains(name)
          || name.equals("servers")
          || SecurityReader.EXTENSIONS.contains(name)) {
        faults.add(
            item,
            Code.REFERENCE_MISPLACED,
            Sentence.quoted(name) + " stands beside \"$ref\", and it is not clear which counts",
            "put it where the reference leads to, or write the path out");
      }
    }
  }

  private void readItem(String path, Part item, Outer outer) {
    if (!item.isMapping()) {
      faults.addWrongType(
          item, "what the path " + Sentence.quoted(path) + " refers to", "an object", "correct it");
      return;
    }
    if (checked.add(item.node())) {
      checkMembers(path, item);
    }
    Outer inner =
        new Outer(
            outer.security(),
            securityReader.besides(item).orElse(outer.besides()),
            servers.of(item, outer.basePaths()));
    for (String method : METHODS) {
      item.member(method).ifPresent(operation -> readOperation(path, method, operation, inner));
    }
  }

  private void checkMembers(String path, Part item) {
    refuseMisspelled(item);
    for (String name : item.names()) {
      if (name.equals(SecurityReader.SECURITY)) {
        faults.add(
            item.member(name).orElseThrow(),
            Code.SECURITY_MISPLACED,
            "\"security\" stands in a path, where OpenAPI has none",
            "put it into each operation of the path");
      } else if (!METHODS.contains(name) && !NO_METHODS.contains(name) && !name.startsWith("x-")) {
        notes.add(
            item.member(name).orElseThrow(),
            DocumentNote.Code.MEMBER_UNKNOWN,
            "",
            Sentence.quoted(name)
                + " of the path "
                + Sentence.quoted(path)
                + " is no method, in small letters, that OpenAPI has; it is not read");
      }
    }
  }

  /** Refuses a name that was meant for one that decides what is required. */
  private void refuseMisspelled(Part part) {
    for (String name : part.names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (!lower.equals(name)
          && (lower.equals(SecurityReader.SECURITY) || SecurityReader.EXTENSIONS.contains(lower))) {
        faults.add(
            part.member(name).orElseThrow(),
            Code.SECURITY_MISPLACED,
            Sentence.quoted(name) + " is not " + Sentence.quoted(lower) + ", and would not be read",
            "write it in small letters");
      }
    }
  }

  private void readOperation(String path, String method, Part part, Outer outer) {
    String upper = method.toUpperCase(Locale.ROOT);
    String name = upper + " " + path;
    if (!part.isMapping()) {
      faults.addWrongType(
          part,
          "the operation " + Sentence.quoted(name),
          "an object",
          "describe it, or take it out");
      return;
    }
    if (part.names().contains(References.REF)) {
      faults.add(
          part,
          Code.REFERENCE_MISPLACED,
          "the operation "
              + Sentence.quoted(name)
              + " is a reference, which OpenAPI has for whole paths only",
          "write the operation out");
      return;
    }
    if (checked.add(part.node())) {
      refuseMisspelled(part);
    }
    String id = id(part);
    Numbered demand =
        demand(
            part,
            new Demand.Source(
                securityReader.security(part, name).or(outer::security),
                securityReader.besides(part).orElse(outer.besides()),
                isAnyOf(id, name)));
    for (String basePath : servers.of(part, outer.basePaths())) {
      add(upper, basePath + path, demand, id, part);
    }
    if (!id.isEmpty()) {
      Part first = byId.putIfAbsent(id, part);
      if (first != null) {
        notes.add(
            part,
            DocumentNote.Code.OPERATION_ID_REPEATED,
            name,
            "the operationId "
                + Sentence.quoted(id)
                + " is also that of the operation in line "
                + first.line());
      }
    }
  }

  private void add(String method, String path, Numbered demand, String id, Part part) {
    Optional<String> fault = PathTemplate.fault(path);
    if (fault.isPresent()) {
      faults.add(part, Code.PATH_MALFORMED, fault.get(), "correct the path");
      return;
    }
    if (found.size() == OpenApiDocument.OPERATIONS_MAX) {
      throw Tree.unreadable(
          part.line(),
          part.pointer(),
          Code.TOO_MANY_OPERATIONS,
          "the document has more than " + OpenApiDocument.OPERATIONS_MAX + " operations",
          "split the API, or name one base path on import");
    }
    Operation operation =
        new Operation(
            method,
            PathTemplate.of(path),
            demand.demand().requirement(),
            id,
            part.member("summary").flatMap(Part::words).map(Sentence::line).orElse(""),
            part.member("tags")
                .flatMap(tags -> tags.item(0))
                .flatMap(Part::words)
                .map(Sentence::line)
                .orElse(""));
    Found added = new Found(operation, part, demand.number());
    Found first = byShape.putIfAbsent(method + " " + operation.path().shape(), added);
    if (first != null) {
      faults.add(
          part,
          Code.OPERATION_REPEATED,
          Sentence.quoted(operation.name())
              + " is the same operation as "
              + Sentence.quoted(first.operation().name())
              + " in line "
              + first.part().line()
              + "; the names of parameters tell no paths apart",
          "keep one of them");
      return;
    }
    found.add(added);
    for (Demand.Remark remark : demand.demand().remarks()) {
      notes.add(part, remark.code(), operation.name(), remark.message());
    }
  }

  private String id(Part operation) {
    Optional<Part> part = operation.member("operationId");
    if (part.isEmpty()) {
      return "";
    }
    Optional<String> text = part.get().text();
    if (text.isEmpty()) {
      faults.addWrongType(part.get(), "\"operationId\"", "a text", "put it in quotes");
      return "";
    }
    if (!text.get().equals(Sentence.line(text.get()))) {
      faults.add(
          part.get(),
          Code.OPERATION_ID_MALFORMED,
          "the operationId "
              + Sentence.quoted(text.get())
              + " is longer than "
              + Sentence.LINE_MAX
              + " characters, or has some that do not print",
          "shorten it, and write it in one line");
    }
    return text.get();
  }

  private boolean isAnyOf(String id, String name) {
    boolean is = false;
    for (String each : List.of(id, name)) {
      is |= named.computeIfPresent(each, (same, times) -> times + 1) != null;
    }
    return is || options.anyOfEverywhere();
  }

  private Numbered demand(Part part, Demand.Source source) {
    Optional<Numbered> demand =
        demands.computeIfAbsent(source, added -> Demand.of(added).map(this::numbered));
    if (demand.isEmpty()) {
      faults.add(
          part,
          Code.LIST_TOO_LONG,
          "the operation has more than "
              + OpenApiDocument.LIST_MAX
              + " alternatives of scopes, each combination counted",
          "name fewer");
    }
    return demand.orElse(NONE);
  }

  private Numbered numbered(Demand demand) {
    return new Numbered(
        demand, numbers.computeIfAbsent(demand.requirement(), added -> numbers.size()));
  }

  private void refuseUnknownNames(Part root) {
    named.forEach((name, times) -> {
      if (times != 1) {
        faults.add(
            root,
            Code.OPERATION_UNKNOWN,
            "any one of several scopes is to do for the operation "
                + Sentence.quoted(name)
                + ", but the document has "
                + (times == 0 ? "none of that name" : times + " of that name"),
            "name it by its operationId, or as METHOD /path");
      }
    });
  }
}
