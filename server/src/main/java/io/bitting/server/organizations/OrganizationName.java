package io.bitting.server.organizations;

import io.bitting.id.DisplayName;
import io.bitting.id.Slug;
import io.bitting.issue.Fault;
import java.util.List;

/** What is asked of an organization's name and slug. */
public final class OrganizationName {
  private OrganizationName() {}

  /**
   * Says what is wrong with a name.
   *
   * @param name the name, normalized
   * @param faults where to say it
   */
  public static void check(String name, List<Fault> faults) {
    if (name.isEmpty()) {
      faults.add(
          new Fault(
              "/name",
              "name_missing",
              "name is empty; an organization has a name",
              "give its name"));
    }
    DisplayName.fault("name", name, DisplayName.LENGTH_MAX)
        .ifPresent(message ->
            faults.add(new Fault("/name", "name_invalid", message, "choose another name")));
  }

  /**
   * Says what is wrong with a slug.
   *
   * @param slug the slug
   * @param pointer where it is
   * @param faults where to say it
   */
  public static void checkSlug(String slug, String pointer, List<Fault> faults) {
    if (Slug.parse(slug).isEmpty()) {
      faults.add(
          new Fault(
              pointer,
              "slug_invalid",
              "slug \""
                  + io.bitting.scope.Spelling.printable(slug)
                  + "\" is not well-formed; "
                  + Slug.RULE,
              "choose another slug"));
    }
  }
}
