package io.bitting.access;

import io.bitting.id.ApiId;
import io.bitting.operation.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Stands before one API whose operations Bitting knows: finds out which of them a request calls,
 * decides by what that one requires, and says what to answer over HTTP if the request may not go
 * on. An API guarded so has no list of requirements of its own. Knows no HTTP server; a filter for
 * one needs a dozen lines.
 *
 * <p><b>Security guarantees.</b> Those of {@link Guard} and of {@link
 * io.bitting.operation.OperationIndex}: there is no way to {@link Passed} but an allowed decision,
 * and a request for what is no operation, for an undeclared one, or whose path can be read as
 * another's is refused whatever it presents. An API that serves the operation it is handed, and
 * does not look for one itself, serves what was decided.
 *
 * <p>Thread-safe.
 */
public final class OperationGuard {
  private final LocalAuthorizer authorizer;
  private final ApiId api;
  private final Guard guard;

  /** What the guard says of a request. */
  public sealed interface Verdict {}

  /**
   * The request may go on.
   *
   * @param key the caller's key; null only if the operation is anonymous
   * @param operation what the request calls
   */
  public record Passed(@Nullable VerifiedKey key, Operation operation) implements Verdict {}

  /**
   * The request must be refused.
   *
   * @param refusal what to answer
   */
  public record Refused(Refusal refusal) implements Verdict {}

  /**
   * Makes a guard.
   *
   * @param authorizer decides, and knows the operations
   * @param api the API whose operations are guarded
   */
  public OperationGuard(LocalAuthorizer authorizer, ApiId api) {
    this.authorizer = authorizer;
    this.api = api;
    this.guard = new Guard(authorizer, api);
  }

  /**
   * Checks a request.
   *
   * @param credential what it presents
   * @param method its HTTP method, untrusted
   * @param target its target as it came, untrusted
   * @return never null
   */
  public Verdict check(Credential credential, String method, String target) {
    // One that cannot be told counts as none, which opens anonymous operations only.
    String token = credential instanceof Credential.Presented presented ? presented.token() : "";
    OperationDecision decided;
    try {
      decided = authorizer.authorize(new OperationRequest(token, api, method, target));
    } catch (VerificationUnavailableException e) {
      return new Refused(Guard.unavailable());
    }
    Operation operation = decided.operation();
    if (decided.decision() instanceof Decision.Allowed allowed && operation != null) {
      return new Passed(allowed.key(), operation);
    }
    if (credential instanceof Credential.Ambiguous ambiguous) {
      return new Refused(guard.ambiguous(ambiguous.why()));
    }
    return new Refused(
        guard.refusal(
            (Decision.Denied) decided.decision(),
            operation == null ? "This request" : operation.name()));
  }
}
