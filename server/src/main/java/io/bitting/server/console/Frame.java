package io.bitting.server.console;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every page.
 *
 * @param visitor who looks; null if nobody is signed in
 * @param formToken what every form sends back, so that no other site can send it
 * @param now when the page is made: times are told from here
 * @param baseUrl where the installation is, without a slash at the end
 * @param said what was just done, in a sentence; null if nothing
 */
record Frame(
    @Nullable Visitor visitor,
    String formToken,
    Instant now,
    String baseUrl,
    @Nullable String said) {

  /**
   * Who looks at a page.
   *
   * @param person the person's name
   * @param mail the person's mail address
   * @param organization the name of the organization that is looked at
   * @param slug its short name
   * @param role the role there
   * @param rights what follows from the role
   * @param others further organizations of this person
   */
  record Visitor(
      String person,
      String mail,
      String organization,
      String slug,
      String role,
      Set<Right> rights,
      List<Other> others) {
    Visitor {
      rights = Set.copyOf(rights);
      others = List.copyOf(others);
    }
  }

  /**
   * Another organization of the same person.
   *
   * @param slug its short name
   * @param name its name
   */
  record Other(String slug, String name) {}

  @Override
  public String toString() {
    return "frame at " + now;
  }

  boolean may(Right right) {
    return visitor != null && visitor.rights().contains(right);
  }

  /** Says why there is no such right, or nothing if there is. */
  String why(Right right) {
    return visitor == null || may(right)
        ? ""
        : "To "
            + right.words()
            + " takes the role "
            + right.roles()
            + "; yours is "
            + visitor.role()
            + ".";
  }

  /** Returns the text of a page's title bar. */
  String title(String page) {
    return visitor == null
        ? page + " · Bitting"
        : page + " · " + visitor.organization() + " · Bitting";
  }

  /** Returns a time as it is seen from now: {@code 3 min ago}, {@code in 88 days}. */
  String relative(Instant at) {
    return Moments.relative(now, at);
  }
}
