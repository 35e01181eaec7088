package io.bitting.server.console;

/** A place in the navigation. */
enum Section {
  /** Keys and all that is done to one. */
  KEYS("API keys", "/keys"),
  /** Keys by what they were used for. */
  REVIEW("Review", "/review"),
  /** Scopes and operations. */
  CATALOG("Catalog", "/catalog"),
  /** What was done. */
  AUDIT("Audit", "/audit"),
  /** People. */
  MEMBERS("Members", "/members"),
  /** The organization and its policies. */
  SETTINGS("Settings", "/settings"),
  /** What belongs to a person, or to nobody. */
  NONE("", "/keys");

  private final String title;
  private final String path;

  Section(String title, String path) {
    this.title = title;
    this.path = path;
  }

  String title() {
    return title;
  }

  String path() {
    return path;
  }
}
