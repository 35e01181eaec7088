package io.bitting.server.signin;

import io.bitting.member.Person;
import io.bitting.member.SignIn;
import java.util.Optional;

/**
 * A sign-in under a new cookie. {@code toString} does not show it.
 *
 * @param signIn the sign-in as it is now
 * @param person who
 * @param cookie the value of its cookie, which is nowhere else
 * @param device what tells this browser from a stranger's, if the sign-in is good for everything
 */
public record Begun(SignIn signIn, Person person, String cookie, Optional<String> device) {
  /** Tells what it is good for. */
  public Standing standing() {
    return Standing.of(person, signIn);
  }

  @Override
  public String toString() {
    return "Begun[" + signIn + "]";
  }
}
