package io.bitting.server.signin;

import io.bitting.member.SignIn;
import java.time.Duration;
import java.time.Instant;

/** For how long a sign-in counts, and what was proved in it (NIST SP 800-63B-4, section 2.2.3). */
public final class SignInTerms {
  /** A sign-in that was not used for so long is over. */
  public static final Duration IDLE_MAX = Duration.ofMinutes(30);

  /** A sign-in is over then, however much it is used. */
  public static final Duration AGE_MAX = Duration.ofHours(12);

  /** A second factor that was proved so recently need not be proved again for a sensitive act. */
  public static final Duration FRESH = Duration.ofMinutes(10);

  /** How exactly it is known when a sign-in was last used. */
  static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private SignInTerms() {}

  /**
   * Tells whether a sign-in is not over.
   *
   * @param signIn the sign-in
   * @param now what the clock says
   */
  public static boolean isLive(SignIn signIn, Instant now) {
    return signIn.isLive(now, IDLE_MAX, AGE_MAX);
  }

  /**
   * Tells whether a second factor was proved recently enough for a sensitive act.
   *
   * @param signIn the sign-in
   * @param now what the clock says
   */
  public static boolean isFresh(SignIn signIn, Instant now) {
    return signIn.secondProvedAt().filter(at -> now.isBefore(at.plus(FRESH))).isPresent();
  }
}
