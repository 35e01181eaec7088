package io.bitting.server.signin;

import io.bitting.member.Person;
import io.bitting.member.SignIn;

/**
 * What a live sign-in is good for.
 *
 * <p><b>Security guarantees.</b> Whoever has a second factor does nothing before it is proved.
 * Whoever has none, and a password that is too short to be the only factor, does nothing but enrol
 * one: of such a password no sign-in says that it was proved. Not given: that an organization
 * requires a second factor, which is asked wherever somebody acts in it.
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
    if (signIn.isComplete(person)) {
      return WHOLE;
    }
    return person.hasMfa() ? SECOND_FACTOR_MISSING : ENROLMENT_MISSING;
  }
}
