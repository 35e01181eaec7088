package io.bitting.server.signin;

import io.bitting.member.Factor;
import io.bitting.member.Person;
import io.bitting.member.SignIn;
import io.bitting.organization.Organization;
import java.time.Instant;

/**
 * What a live sign-in is good for.
 *
 * <p><b>Security guarantees.</b> Whoever has a second factor does nothing before it is proved.
 * Whoever has none does nothing but enrol one if the organization requires it, or if the password
 * is too short to be the only factor: of such a password no sign-in says that it was proved.
 */
public enum Standing {
  /** Everything that the person may do. */
  WHOLE,
  /** Nothing but proving the second factor. */
  SECOND_FACTOR_MISSING,
  /** Nothing but enrolling a second factor. */
  ENROLMENT_MISSING;

  /**
   * Tells what a sign-in is good for, wherever the person is a member.
   *
   * @param person the person
   * @param signIn a live sign-in of the person
   */
  public static Standing of(Person person, SignIn signIn) {
    if (person.hasMfa()) {
      return signIn.secondProvedAt().isPresent() ? WHOLE : SECOND_FACTOR_MISSING;
    }
    return signIn.proved().containsKey(Factor.PASSWORD) ? WHOLE : ENROLMENT_MISSING;
  }

  /**
   * Tells what a sign-in is good for in an organization.
   *
   * @param person the person
   * @param signIn a live sign-in of the person
   * @param organization the organization
   * @param now what the clock says
   */
  public static Standing of(
      Person person, SignIn signIn, Organization organization, Instant now) {
    return !person.hasMfa() && organization.requiresMfa(now)
        ? ENROLMENT_MISSING
        : of(person, signIn);
  }
}
