package io.bitting.openapi;

import io.bitting.openapi.DocumentFault.Code;
import io.bitting.operation.PathTemplate;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the base paths under which the servers of a document offer its operations. */
final class Servers {
  private static final int URL_LENGTH_MAX = 2_048;
  private static final int COMBINATIONS_MAX = 1_000;
  private static final String FIX =
      "give a server URL whose path is known, such as https://example.com/v1, or name the base path on import";

  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");

  /** What stands before the path: a scheme and a host, either perhaps with variables. */
  private static final Pattern ORIGIN =
      Pattern.compile("(?:(?:[A-Za-z][A-Za-z0-9+.-]*|\\{[^{}/]*}):)?//[^/?#]*");

  private final Optional<String> given;
  private final Faults faults;
  private final Notes notes;
  private final IdentityHashMap<Node, List<String>> read = new IdentityHashMap<>();

  Servers(ImportOptions options, Faults faults, Notes notes) {
    this.given = options.basePath();
    this.faults = faults;
    this.notes = notes;
  }

  /** Returns the base paths of a document: at least one, unless there is a fault. */
  List<String> ofDocument(Part root, Version version) {
    if (version == Version.SWAGGER_2_0 && given.isEmpty()) {
      Optional<Part> basePath = root.member("basePath");
      return basePath.isEmpty() ? List.of("") : ofSwagger(basePath.get());
    }
    return of(root, List.of(given.orElse("")));
  }

  /**
   * Returns the base paths that the servers of a part have; those of the outer one if it has none.
   */
  List<String> of(Part holder, List<String> outer) {
    Optional<Part> servers = holder.member("servers");
    if (given.isPresent() || servers.isEmpty()) {
      return outer;
    }
    List<String> known = read.get(servers.get().node());
    if (known == null) {
      known = List.copyOf(basePaths(servers.get()));
      read.put(servers.get().node(), known);
    }
    return known;
  }

  private List<String> ofSwagger(Part basePath) {
    Set<String> found = new LinkedHashSet<>();
    if (basePath.text().isEmpty()) {
      faults.addWrongType(basePath, "\"basePath\"", "a text", FIX);
    } else {
      add(basePath, basePath.text().get(), found);
    }
    return List.copyOf(found);
  }

  private Set<String> basePaths(Part servers) {
    Set<String> found = new LinkedHashSet<>();
    if (!servers.isSequence()) {
      faults.addWrongType(servers, "\"servers\"", "a list", FIX);
      return found;
    }
    if (servers.size() > OpenApiDocument.LIST_MAX) {
      faults.add(
          servers,
          Code.LIST_TOO_LONG,
          "\"servers\" has "
              + servers.size()
              + " items; at most "
              + OpenApiDocument.LIST_MAX
              + " are read",
          "name fewer, or name the base path on import");
      return found;
    }
    for (Part server : servers.items()) {
      Optional<Part> url = server.member("url");
      if (url.isEmpty() || url.get().text().isEmpty()) {
        faults.add(server, Code.SERVER_UNCLEAR, "a server has no text as its \"url\"", FIX);
      } else {
        addAll(server, url.get(), found);
      }
    }
    if (servers.size() == 0) {
      found.add("");
    }
    return found;
  }

  /** Adds the base paths that a server has, over the values of its variables. */
  private void addAll(Part server, Part url, Set<String> found) {
    String text = url.text().orElseThrow();
    if (text.length() > URL_LENGTH_MAX) {
      unclear(
          url,
          text,
          "has " + text.length() + " characters; at most " + URL_LENGTH_MAX + " are read");
      return;
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    Matcher origin = ORIGIN.matcher(text);
    String path = text;
    if (origin.lookingAt()) {
      path = beyond(text, origin);
      if (!staysInOrigin(server, url, origin.group())) {
        return;
      }
    }
    int combinations = 1;
    Matcher variable = VARIABLE.matcher(path);
    while (variable.find()) {
      String name = variable.group(1);
      if (values.containsKey(name)) {
        continue;
      }
      List<String> possible = values(server, name);
      combinations *= possible.size();
      if (possible.isEmpty()) {
        unclear(url, text, "has the variable " + Sentence.quoted(name) + ", which has no value");
        return;
      }
      if (combinations > COMBINATIONS_MAX) {
        unclear(url, text, "has more than " + COMBINATIONS_MAX + " combinations of variables");
        return;
      }
      values.put(name, possible);
      if (possible.size() == 1) {
        noteDefault(server, name, possible.get(0));
      }
    }
    for (String each : expanded(path, values)) {
      add(url, each, found);
    }
  }

  private void noteDefault(Part server, String name, String value) {
    server
        .member("variables")
        .flatMap(all -> all.member(name))
        .filter(variable -> variable.member("enum").isEmpty())
        .ifPresent(variable ->
            notes.add(
                variable,
                DocumentNote.Code.SERVER_VARIABLE,
                "",
                "the variable "
                    + Sentence.quoted(name)
                    + " of a server may have any value; its default "
                    + Sentence.quoted(value)
                    + " is taken"));
  }

  private static String beyond(String url, Matcher origin) {
    return origin.end() == url.length() ? "/" : url.substring(origin.end());
  }

  /** Tells whether no variable of the host can bring a part of the path with it. */
  private boolean staysInOrigin(Part server, Part url, String origin) {
    Matcher variable = VARIABLE.matcher(origin);
    while (variable.find()) {
      for (String value : values(server, variable.group(1))) {
        if (value.contains("/")) {
          unclear(
              url,
              origin,
              "has a host whose variable "
                  + Sentence.quoted(variable.group(1))
                  + " may be "
                  + Sentence.quoted(value)
                  + ", with a path in it");
          return false;
        }
      }
    }
    return true;
  }

  private List<String> values(Part server, String name) {
    Optional<Part> variable = server.member("variables").flatMap(all -> all.member(name));
    List<String> values = new ArrayList<>();
    for (Part value :
        variable.flatMap(part -> part.member("enum")).map(Part::items).orElse(List.of())) {
      value.words().ifPresent(values::add);
    }
    if (values.isEmpty()) {
      variable.flatMap(part -> part.member("default")).flatMap(Part::words).ifPresent(values::add);
    }
    return values;
  }

  private static List<String> expanded(String template, Map<String, List<String>> values) {
    List<String> texts = List.of(template);
    for (Map.Entry<String, List<String>> variable : values.entrySet()) {
      List<String> longer = new ArrayList<>();
      for (String text : texts) {
        for (String value : variable.getValue()) {
          String replaced = text.replace("{" + variable.getKey() + "}", value);
          // One that is too long stays as it is, and is refused for its braces.
          longer.add(replaced.length() > URL_LENGTH_MAX ? text : replaced);
        }
      }
      texts = longer;
    }
    return texts;
  }

  /** Adds the path of a URL without variables. */
  private void add(Part part, String url, Set<String> found) {
    Matcher origin = ORIGIN.matcher(url);
    String path = origin.lookingAt() ? beyond(url, origin) : url;
    if (!path.startsWith("/")) {
      unclear(
          part,
          url,
          "has no path that begins with a slash, so that it depends on where the document is");
      return;
    }
    String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    Optional<String> fault =
        base.contains("{") || base.contains("?") || base.contains("#")
            ? Optional.of("has a path with a brace, a query or a fragment")
            : PathTemplate.fault(base + "/x").map(sentence -> "has no fit path: " + sentence);
    if (fault.isPresent()) {
      unclear(part, url, fault.get());
    } else {
      found.add(base);
    }
  }

  private void unclear(Part part, String url, String fact) {
    faults.add(part, Code.SERVER_UNCLEAR, "the server " + Sentence.quoted(url) + " " + fact, FIX);
  }
}
