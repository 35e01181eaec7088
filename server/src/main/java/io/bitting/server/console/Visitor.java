package io.bitting.server.console;

import io.bitting.member.Member;
import io.bitting.member.Person;
import io.bitting.member.SignIn;
import io.bitting.organization.Organization;
import io.bitting.scope.BuiltInScope;
import io.bitting.server.http.Caller;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A member who is signed in, with all that has to be proved, and the organization that is looked
 * at.
 *
 * @param person the person
 * @param signIn the sign-in
 * @param cookie the value of its cookie
 * @param member what the person is in the organization
 * @param organization the organization
 * @param others further organizations of the person
 */
record Visitor(
    Person person,
    SignIn signIn,
    String cookie,
    Member member,
    Organization organization,
    List<Organization> others)
    implements Visit {
  Visitor {
    others = List.copyOf(others);
  }

  /** Returns the visitor as one who asks endpoints. */
  Caller.Member caller() {
    return new Caller.Member(organization.id(), member.id(), person.id(), signIn.id());
  }

  /** Tells whether the visitor has just proved who it is. */
  boolean isFresh(Instant now) {
    return signIn.isFresh(person, now);
  }

  /** Returns what the visitor's role allows, as far as pages offer it. */
  Set<Right> rights() {
    Set<BuiltInScope> scopes = member.role().scopes(organization);
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (Right right : Right.values()) {
      if (scopes.contains(right.scope())) {
        rights.add(right);
      }
    }
    return rights;
  }

  /** Returns what pages show of the visitor. */
  Frame.Visitor shown() {
    return new Frame.Visitor(
        person.name(),
        person.mail().text(),
        organization.name(),
        organization.slug().text(),
        member.role().code(),
        rights(),
        others.stream().map(other -> new Frame.Other(other.slug().text(), other.name())).toList());
  }

  @Override
  public String toString() {
    return "visitor " + member.id();
  }
}
