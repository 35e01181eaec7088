package io.bitting.access;

import io.bitting.id.ApiId;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the operations of one API: asks the {@link Authorizer} and says what to answer over
 * HTTP if the request may not go on. Knows no HTTP server; a filter for one needs a dozen lines.
 *
 * <p><b>Security guarantees.</b> Whatever fails is a refusal: there is no way to {@link Passed} but
 * an allowed decision.
 *
 * <p>Thread-safe if its authorizer is.
 */
public final class Guard {
  private static final SortedSet<Scope> NO_SCOPES = Collections.emptySortedSet();

  private final Authorizer authorizer;
  private final ApiId api;
  private final String realm;

  /** What the guard says of a request. */
  public sealed interface Verdict {}

  /**
   * The request may go on.
   *
   * @param key the caller's key; null only if the operation is anonymous
   */
  public record Passed(@Nullable VerifiedKey key) implements Verdict {}

  /**
   * The request must be refused.
   *
   * @param refusal what to answer
   * @param key the caller's key, if its whole secret was proved
   */
  public record Refused(Refusal refusal, @Nullable VerifiedKey key) implements Verdict {
    Refused(Refusal refusal) {
      this(refusal, null);
    }
  }

  /**
   * Makes a guard.
   *
   * @param authorizer decides
   * @param api the API whose operations are guarded
   */
  public Guard(Authorizer authorizer, ApiId api) {
    this.authorizer = authorizer;
    this.api = api;
    this.realm = api.text();
  }

  /**
   * Checks a request.
   *
   * @param credential what it presents
   * @param requirement what the called operation requires
   * @param operation the operation in words for the caller, {@code DELETE /scans/{id}}
   * @return never null
   * @throws RuntimeException if the authorizer fails in a way that its contract does not name; the
   *     request must not go on then either
   */
  public Verdict check(Credential credential, Requirement requirement, String operation) {
    if (requirement instanceof Requirement.Anonymous) {
      return new Passed(null);
    }
    if (credential instanceof Credential.Ambiguous ambiguous) {
      return new Refused(ambiguous(ambiguous.why()));
    }
    String token = credential instanceof Credential.Presented presented ? presented.token() : "";
    try {
      Decision decision = authorizer.authorize(new AccessRequest(token, api, requirement));
      return decision instanceof Decision.Denied denied
          ? new Refused(refusal(denied, operation), denied.key())
          : new Passed(((Decision.Allowed) decision).key());
    } catch (VerificationUnavailableException e) {
      return new Refused(unavailable());
    }
  }

  /**
   * Says what to answer to a denied request.
   *
   * @param denied the decision
   * @param operation the operation in words
   */
  public Refusal refusal(Decision.Denied denied, String operation) {
    return switch (denied.reason()) {
      case CREDENTIAL_MISSING ->
          refusal(
              401,
              DenialReason.CREDENTIAL_MISSING.code(),
              "No credential",
              "The request has no key; send it as: Authorization: Bearer <token>.",
              challenge(""));
      case CREDENTIAL_INVALID ->
          refusal(
              401,
              DenialReason.CREDENTIAL_INVALID.code(),
              "The credential is not valid",
              "The key is not valid for this API.",
              challenge("invalid_token"));
      case KEY_REVOKED ->
          refusal(
              401,
              DenialReason.KEY_REVOKED.code(),
              "The key is revoked",
              "The key was revoked; use another.",
              challenge("invalid_token"));
      case KEY_EXPIRED ->
          refusal(
              401,
              DenialReason.KEY_EXPIRED.code(),
              "The key has expired",
              "The key has expired; create another.",
              challenge("invalid_token"));
      case KEY_DISABLED ->
          refusal(
              403,
              DenialReason.KEY_DISABLED.code(),
              "The key is disabled",
              "The key is disabled; an administrator of its organization can enable it.",
              Optional.empty());
      case ORGANIZATION_SUSPENDED ->
          refusal(
              403,
              DenialReason.ORGANIZATION_SUSPENDED.code(),
              "The organization is suspended",
              "The key's organization is suspended.",
              Optional.empty());
      case OPERATION_UNKNOWN -> toEveryKey(operation + " is no operation of " + api);
      case OPERATION_AMBIGUOUS -> ambiguousOperation(operation);
      case OPERATION_UNDECLARED -> toEveryKey(operation + " has no declared requirement");
      case API_UNKNOWN, REQUIREMENT_UNKNOWN ->
          toEveryKey(operation + " requires what the catalog of " + api + " does not have");
      case INSUFFICIENT_SCOPE ->
          new Refusal(
              403,
              DenialReason.INSUFFICIENT_SCOPE.code(),
              "This key lacks a required scope",
              operation
                  + " needs "
                  + words(denied.required())
                  + "; the key lacks "
                  + words(denied.missing())
                  + ". Scopes of a key never change: create a key that has them.",
              challenge("insufficient_scope", "scope=\"" + joined(denied.required(), " ") + "\""),
              denied.required(),
              denied.missing(),
              Optional.ofNullable(denied.key()).map(VerifiedKey::id));
    };
  }

  /**
   * Says what to answer to a request that can be read as more than one operation.
   *
   * @param operation the operation in words
   */
  public Refusal ambiguousOperation(String operation) {
    return toEveryKey(operation + " can be read as more than one operation of " + api);
  }

  private static Refusal toEveryKey(String fact) {
    return refusal(
        403,
        DenialReason.REQUIREMENT_UNKNOWN.code(),
        "No key can call this operation",
        fact + ", so it is refused to every key.",
        Optional.empty());
  }

  /** Returns what to answer when nothing can be decided. Wants a {@code Retry-After} beside it. */
  public static Refusal unavailable() {
    return refusal(
        503,
        "verification_unavailable",
        "Keys cannot be verified now",
        "The key cannot be verified at the moment, so the request is refused; try again.",
        Optional.empty());
  }

  /**
   * Says what to answer to a request whose credential can be read in more than one way.
   *
   * @param why a clause for the caller, without a full stop
   */
  public Refusal ambiguous(String why) {
    return refusal(
        400,
        "credential_ambiguous",
        "The credential is ambiguous",
        sentence(why),
        challenge("invalid_request"));
  }

  private static Refusal refusal(
      int status, String code, String title, String detail, Optional<String> challenge) {
    return new Refusal(status, code, title, detail, challenge, NO_SCOPES, NO_SCOPES);
  }

  private Optional<String> challenge(String error, String... parameters) {
    StringBuilder challenge = new StringBuilder("Bearer realm=\"").append(realm).append('"');
    if (!error.isEmpty()) {
      challenge.append(", error=\"").append(error).append('"');
    }
    for (String parameter : parameters) {
      challenge.append(", ").append(parameter);
    }
    return Optional.of(challenge.toString());
  }

  private static String words(SortedSet<Scope> scopes) {
    return joined(scopes, " and ");
  }

  private static String joined(SortedSet<Scope> scopes, String separator) {
    return scopes.stream().map(Scope::text).collect(Collectors.joining(separator));
  }

  private static String sentence(String clause) {
    return Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
  }
}
