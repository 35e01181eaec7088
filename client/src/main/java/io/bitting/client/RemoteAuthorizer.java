package io.bitting.client;

import io.bitting.access.AccessRequest;
import io.bitting.access.Authorizer;
import io.bitting.access.Decision;
import io.bitting.access.DenialReason;
import io.bitting.access.VerificationUnavailableException;
import io.bitting.access.VerifiedKey;
import io.bitting.client.protocol.Check;
import io.bitting.client.protocol.Problem;
import io.bitting.client.protocol.SecretText;
import io.bitting.client.protocol.VerifyAnswer;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.store.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Asks a Bitting server for each decision, with {@code POST /v1/verify}. The client's own key needs
 * {@code keys:verify} with a reach that names the API.
 *
 * <p><b>Security guarantees.</b> Those of {@link Authorizer}. An allowed decision is made only of
 * an answer with status 200 that says {@code allowed} and names a key of the API; whatever else
 * happens (no answer in time, a redirect, a refusal, a problem, nonsense, a reason that is not
 * known) is a {@link VerificationUnavailableException}. Nothing is remembered, so a revocation
 * holds as soon as it holds on the server.
 *
 * <p>Thread-safe. A decision costs one round trip, at most the client's time-out.
 */
public final class RemoteAuthorizer implements Authorizer {
  private final BittingClient client;

  /**
   * Makes an authorizer.
   *
   * @param client talks to the server, with the key that verifies
   */
  public RemoteAuthorizer(BittingClient client) {
    this.client = client;
  }

  @Override
  public Decision authorize(AccessRequest request) {
    Check check = check(request);
    VerifyAnswer answer = ask(check);
    try {
      return decision(request, answer);
    } catch (IllegalArgumentException e) {
      throw new VerificationUnavailableException(
          "the server's answer makes no decision: " + e.getMessage(), e);
    }
  }

  private VerifyAnswer ask(Check check) {
    Outcome<VerifyAnswer> outcome;
    try {
      outcome = client.verify(check);
    } catch (ClientException e) {
      throw new VerificationUnavailableException(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      throw new VerificationUnavailableException("the server could not be asked", e);
    }
    if (outcome instanceof Outcome.Refused<VerifyAnswer> refused) {
      Problem problem = refused.problem();
      throw new VerificationUnavailableException(
          client.base()
              + " refused to verify: "
              + problem.status()
              + " "
              + problem.code()
              + ", "
              + problem.detail());
    }
    return outcome.orThrow();
  }

  private static Check check(AccessRequest request) {
    SecretText token = SecretText.of(request.token());
    String api = request.api().text();
    if (request.requirement() instanceof Requirement.Scopes scopes) {
      List<List<String>> anyOf =
          scopes.alternatives().stream().map(RemoteAuthorizer::texts).toList();
      return anyOf.size() == 1
          ? new Check(token, api, anyOf.get(0), null, null, null, null)
          : new Check(token, api, null, anyOf, null, null, null);
    }
    return new Check(
        looksAtNoKey(request) ? SecretText.of("") : token, api, null, null, true, null, null);
  }

  /** If no key decides, none is sent; the server still says whether it knows the API. */
  private static boolean looksAtNoKey(AccessRequest request) {
    return request.requirement() instanceof Requirement.Anonymous
        || request.requirement() instanceof Requirement.Undeclared;
  }

  private static List<String> texts(SortedSet<Scope> scopes) {
    return scopes.stream().map(Scope::text).toList();
  }

  private static Decision decision(AccessRequest request, VerifyAnswer answer) {
    Position asOf =
        Position.parse(answer.asOf())
            .orElseThrow(() -> new IllegalArgumentException("as_of is not a position"));
    VerifiedKey key = answer.key() == null ? null : key(answer.key());
    if (answer.decision().equals("denied")) {
      return denied(request, answer, key, asOf);
    }
    if (!answer.decision().equals("allowed")
        || answer.reason() != null
        || !answer.missingScopes().isEmpty()) {
      throw new IllegalArgumentException("it is neither allowed nor denied");
    }
    if (looksAtNoKey(request)) {
      throw new IllegalArgumentException("it allows a request without a key");
    }
    if (key == null || !(key.api().equals(request.api()) || request.api().isBuiltIn())) {
      throw new IllegalArgumentException(
          "it allows a request without a key of API " + request.api());
    }
    return new Decision.Allowed(key, asOf);
  }

  private static Decision denied(
      AccessRequest request, VerifyAnswer answer, @Nullable VerifiedKey key, Position asOf) {
    DenialReason reason =
        Optional.ofNullable(answer.reason())
            .flatMap(DenialReason::of)
            .orElseThrow(() -> new IllegalArgumentException("its reason is not known"));
    if (looksAtNoKey(request) && reason == DenialReason.CREDENTIAL_MISSING) {
      return request.requirement() instanceof Requirement.Anonymous
          ? new Decision.Allowed(null, asOf)
          : new Decision.Denied(
              DenialReason.OPERATION_UNDECLARED, null, scopes(List.of()), scopes(List.of()), asOf);
    }
    return new Decision.Denied(
        reason, key, scopes(answer.requiredScopes()), scopes(answer.missingScopes()), asOf);
  }

  private static SortedSet<Scope> scopes(List<String> texts) {
    SortedSet<Scope> scopes = new TreeSet<>();
    for (String text : texts) {
      scopes.add(new Scope(text));
    }
    return scopes;
  }

  private static VerifiedKey key(VerifyAnswer.ProvedKey key) {
    return new RemoteKey(
        KeyId.parse(key.id()).orElseThrow(() -> new IllegalArgumentException("its key has no id")),
        new OrganizationId(key.organization()),
        new ApiId(key.api()),
        key.secret(),
        Optional.ofNullable(key.supersededAt()),
        Optional.ofNullable(key.expiresAt()));
  }

  /** A key as the server described it. */
  private record RemoteKey(
      KeyId id,
      OrganizationId organization,
      ApiId api,
      int secret,
      Optional<Instant> supersededAt,
      Optional<Instant> expiresAt)
      implements VerifiedKey {}
}
