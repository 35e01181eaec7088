package io.bitting.server.apis;

import io.bitting.access.KnownApi;
import io.bitting.operation.Operation;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the page of an API says, worked out; the template lays it out.
 *
 * @param api the API
 * @param groups its operations under their headings
 * @param categories the scopes of its catalog under theirs
 * @param undeclared how many operations nobody can call
 */
record ApiPage(KnownApi api, List<Group> groups, List<Category> categories, long undeclared) {
  /**
   * The greatest number of links from scopes to operations. A scope has its share of them at most,
   * so that a catalog in which everything implies everything still makes a page.
   */
  private static final int LINKS_MAX = 40_000;

  private static final Pattern PIECES = Pattern.compile("(?=\\{)|(?<=\\})");

  /**
   * Operations under one heading.
   *
   * @param anchor its place
   * @param title a tag of the API's description, or where an operation has none, a part of its path
   * @param rows the operations
   */
  record Group(String anchor, String title, List<Row> rows) {}

  /**
   * An operation.
   *
   * @param anchor its place
   * @param operation the operation
   */
  record Row(String anchor, Operation operation) {
    /** Returns the path in pieces, of which some are parameters. */
    List<Piece> path() {
      List<Piece> pieces = new ArrayList<>();
      for (String piece : PIECES.split(operation.path().text(), -1)) {
        pieces.add(new Piece(piece, piece.startsWith("{")));
      }
      return pieces;
    }

    /** Returns a word of style for the method. */
    String kind() {
      return switch (operation.method()) {
        case "GET", "HEAD", "OPTIONS" -> "reads";
        case "POST" -> "adds";
        case "PUT", "PATCH" -> "changes";
        case "DELETE" -> "deletes";
        default -> "other";
      };
    }
  }

  /**
   * A part of a path.
   *
   * @param text the part
   * @param parameter whether it stands for something else
   */
  record Piece(String text, boolean parameter) {}

  /**
   * Scopes under one heading.
   *
   * @param anchor its place
   * @param title the heading
   * @param scopes the scopes
   */
  record Category(String anchor, String title, List<Entry> scopes) {}

  /**
   * A scope.
   *
   * @param scope what the catalog says of it
   * @param opened what it is good for
   * @param shownMax how many operations are to be listed of each kind
   */
  record Entry(CatalogEntry scope, Opened opened, int shownMax) {
    List<Row> alone() {
      return first(opened.alone());
    }

    List<Row> together() {
      return first(opened.together());
    }

    /** Returns how many operations there is no room for. */
    int unlisted() {
      return opened.alone().size() + opened.together().size() - alone().size() - together().size();
    }

    private List<Row> first(List<Row> rows) {
      return rows.subList(0, Math.min(rows.size(), shownMax));
    }
  }

  /** Works out what is to be said of an API. */
  static ApiPage of(KnownApi api) {
    Anchors anchors = new Anchors();
    List<Row> rows = new ArrayList<>();
    for (Operation operation : api.operations().list()) {
      rows.add(new Row(anchors.of("", operation.name()), operation));
    }
    return new ApiPage(
        api,
        groups(rows, anchors),
        categories(api.catalog(), rows, anchors),
        rows.stream()
            .filter(row -> row.operation().requirement() instanceof Requirement.Undeclared)
            .count());
  }

  private static List<Group> groups(List<Row> rows, Anchors anchors) {
    int shared = Headings.shared(rows);
    Map<String, List<Row>> byTitle = new LinkedHashMap<>();
    for (Row row : rows) {
      byTitle
          .computeIfAbsent(Headings.of(row.operation(), shared), title -> new ArrayList<>())
          .add(row);
    }
    List<Group> groups = new ArrayList<>();
    byTitle.forEach((title, under) ->
        groups.add(new Group(anchors.of("group:", title), title, List.copyOf(under))));
    return List.copyOf(groups);
  }

  private static List<Category> categories(Catalog catalog, List<Row> rows, Anchors anchors) {
    Map<Scope, Opened> opened = Opened.byScope(catalog, rows);
    int shownMax = Math.max(1, LINKS_MAX / 2 / Math.max(1, catalog.scopes().size()));
    Map<String, List<Entry>> byTitle = new LinkedHashMap<>();
    for (CatalogEntry entry : catalog.entries()) {
      byTitle
          .computeIfAbsent(entry.category(), title -> new ArrayList<>())
          .add(new Entry(entry, opened.getOrDefault(entry.scope(), Opened.NOTHING), shownMax));
    }
    List<Category> categories = new ArrayList<>();
    byTitle.forEach((title, under) ->
        categories.add(new Category(anchors.of("category:", title), title, List.copyOf(under))));
    return List.copyOf(categories);
  }

  /**
   * Returns the alternatives of an operation, or none if it does not ask for scopes.
   *
   * @param operation the operation
   */
  static List<List<Scope>> alternatives(Operation operation) {
    return operation.requirement() instanceof Requirement.Scopes scopes
        ? scopes.alternatives().stream().map(List::copyOf).toList()
        : List.of();
  }

  /** Tells whether a key can have a scope; a requirement may name one that the catalog lacks. */
  boolean has(Scope scope) {
    return api.catalog().has(scope);
  }

  /** Counts something in words: {@code 1 operation}, {@code 714 operations}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
