package io.bitting.server.gateway;

import io.bitting.access.Credential;
import io.bitting.access.Decision;
import io.bitting.access.Guard;
import io.bitting.access.LocalAuthorizer;
import io.bitting.access.OperationDecision;
import io.bitting.access.OperationRequest;
import io.bitting.access.Refusal;
import io.bitting.access.VerificationUnavailableException;
import io.bitting.access.VerifiedKey;
import io.bitting.id.ApiId;
import io.bitting.key.KeyHeader;
import io.bitting.operation.Operation;
import io.bitting.scope.Requirement;
import io.bitting.scope.Spelling;
import io.bitting.server.checks.CheckCounter;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Exposures;
import io.bitting.server.http.FailureBudget;
import io.bitting.server.http.Header;
import io.bitting.server.http.HeaderName;
import io.bitting.server.http.ProblemCode;
import io.bitting.server.http.Succession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a client's request may go on, for a gateway that has proved itself.
 *
 * <p><b>Security guarantees.</b> Answers 200 only for an allowed decision about exactly the method
 * and target that the gateway described. Whatever can be read in two ways is refused: two
 * credentials, a path of more than one operation, a header or parameter that stands for another
 * method. Nothing that the client says of itself is believed.
 *
 * <p>Thread-safe. A check touches no disk, no network and no lock.
 */
public final class GatewayCheck {
  /** What the gateway has to be allowed. */
  static final Requirement REQUIREMENT = Requirement.allOf("keys:verify");

  /** What a gateway is told that asks over a network in the clear. */
  static final String PLAIN =
      "The gateway asks over plain HTTP, in which its key can be read; it is to ask over TLS.";

  private static final CharSequence AUTHORIZATION = HeaderName.of("Authorization");
  private static final CharSequence API_KEY = HeaderName.of("X-API-Key");

  /** What some servers take for the method. */
  static final List<CharSequence> METHOD_OVERRIDES =
      List.of(
          HeaderName.of("X-HTTP-Method-Override"),
          HeaderName.of("X-HTTP-Method"),
          HeaderName.of("X-Method-Override"));

  private final LocalAuthorizer authorizer;
  private final CheckCounter counter;
  private final Exposures exposures;
  private final FailureBudget failures;
  private final Supplier<String> base;

  /**
   * Makes it.
   *
   * @param authorizer decides
   * @param counter told of each decision
   * @param exposures told of each query that has a key
   * @param failures how many wrong keys a client's address may present
   * @param base the address that pages are under, without a slash at its end
   */
  public GatewayCheck(
      LocalAuthorizer authorizer,
      CheckCounter counter,
      Exposures exposures,
      FailureBudget failures,
      Supplier<String> base) {
    this.authorizer = authorizer;
    this.counter = counter;
    this.exposures = exposures;
    this.failures = failures;
    this.base = base;
  }

  /**
   * Checks a client's request.
   *
   * @param gateway the gateway's key, proved
   * @param api names the API whose operation is called
   * @param request the client's request
   * @return a bare answer of 200 with the identity, or what the client is to be told
   */
  Answer check(VerifiedKey gateway, String api, ClientRequest request) {
    Optional<ApiId> id = ApiId.parse(api);
    if (id.isEmpty() || !authorizer.grantOf(gateway).reach().verifies(id.get())) {
      return misconfigured(
          "The gateway's key does not verify keys of API \"" + Spelling.printable(api) + "\".");
    }
    return check(id.get(), new Guard(authorizer, id.get()), request);
  }

  /**
   * Returns the header that carries keys of an API besides those that every API takes.
   *
   * @param api names the API
   */
  Optional<String> keyHeader(String api) {
    return ApiId.parse(api)
        .flatMap(id -> Optional.ofNullable(authorizer.keyHeader(id)))
        .map(KeyHeader::text);
  }

  private Answer check(ApiId api, Guard guard, ClientRequest request) {
    Optional<String> query = ClientQuery.of(request.target());
    boolean overridden = isOverridden(request);
    if (query.isPresent()) {
      ClientQuery read = ClientQuery.read(query.get());
      if (read.hasKey()) {
        exposures.seenInQuery(query.get(), request.address().get(), request.id().get());
        return refuse(
            guard.ambiguous(
                "the query has a key; it belongs in the Authorization header, and this one counts as exposed"));
      }
      overridden |= read.hasMethod();
    }
    if (overridden) {
      return refuse(guard.ambiguousOperation("The request"));
    }
    Credential credential = credential(api, request.headers());
    if (credential instanceof Credential.Ambiguous ambiguous) {
      return refuse(guard.ambiguous(ambiguous.why()));
    }
    String token = credential instanceof Credential.Presented presented ? presented.token() : "";
    try {
      OperationDecision decided =
          authorizer.authorize(
              new OperationRequest(token, api, request.method(), request.target()));
      counter.counted(decided.decision());
      return switch (decided.decision()) {
        case Decision.Allowed allowed -> Answer.bare(200, identity(allowed.key(), api));
        case Decision.Denied denied ->
            refuse(guard.refusal(denied, words(decided.operation())), request.address().get());
      };
    } catch (VerificationUnavailableException e) {
      return refuse(Guard.unavailable());
    }
  }

  private List<Header> identity(@Nullable VerifiedKey key, ApiId api) {
    List<Header> identity = Identity.of(key, api, authorizer);
    List<Header> succession = Succession.headers(key, base.get());
    if (succession.isEmpty()) {
      return identity;
    }
    List<Header> both = new ArrayList<>(identity);
    both.addAll(succession);
    return both;
  }

  private static Answer refuse(Refusal refusal) {
    return new Answer.Refused(refusal);
  }

  private Answer refuse(Refusal refusal, String address) {
    return failures.answer(refusal, address).orElseGet(() -> refuse(refusal));
  }

  /** Names what is called; what the client wrote is not repeated. */
  private static String words(@Nullable Operation operation) {
    return operation == null ? "The request" : operation.name();
  }

  private Credential credential(ApiId api, Call.Headers headers) {
    List<String> keys = headers.all(API_KEY);
    @Nullable KeyHeader own = authorizer.keyHeader(api);
    if (own != null) {
      keys = new ArrayList<>(keys);
      keys.addAll(headers.all(own.text()));
    }
    return Credential.of(headers.all(AUTHORIZATION), keys, List.of());
  }

  /** Some servers take such a header for the method; a client that means the same may send it. */
  private static boolean isOverridden(ClientRequest request) {
    for (CharSequence name : METHOD_OVERRIDES) {
      for (String value : request.headers().all(name)) {
        if (!value.equalsIgnoreCase(request.method())) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Says that a gateway does not prove itself, or does not describe the request: nobody's key is
   * wrong, so that the client is told that the service is.
   *
   * @param why a sentence for whoever runs the gateway
   */
  static Answer misconfigured(String why) {
    return Answer.problem(ProblemCode.GATEWAY_MISCONFIGURED, why);
  }

  /**
   * Says what to answer for a gateway whom the guard refused.
   *
   * @param refusal what a caller with its own key is told
   */
  static Answer refused(Refusal refusal) {
    return switch (refusal.status()) {
      case 503 -> refuse(refusal);
      case 403 -> misconfigured("The key in X-Bitting-Gateway lacks the scope keys:verify.");
      default ->
          misconfigured(
              "The gateway does not prove itself; it is to send a key with keys:verify in X-Bitting-Gateway.");
    };
  }
}
