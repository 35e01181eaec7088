package io.bitting.access;

/**
 * Decides whether a token may do what an operation requires.
 *
 * <p><b>Security guarantees.</b> A revoked key is denied from the instant that this authorizer's
 * source says so. The time taken does not tell an unknown id from a wrong secret. What cannot be
 * decided is an exception, never an allowed decision. Not given: no limit on the number of attempts
 * is kept here.
 *
 * <p>Thread-safe.
 */
@FunctionalInterface
public interface Authorizer {

  /**
   * Decides.
   *
   * @param request what is presented and what is required
   * @return allowed or denied, never null; a bad token is a denial, not an exception
   * @throws VerificationUnavailableException if nothing can be decided now; the caller must refuse
   */
  Decision authorize(AccessRequest request);
}
