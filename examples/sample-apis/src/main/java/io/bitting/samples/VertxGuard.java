package io.bitting.samples;

import io.bitting.access.Credential;
import io.bitting.access.Guard;
import io.bitting.access.Refusal;
import io.bitting.access.VerifiedKey;
import io.bitting.scope.Requirement;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.Optional;

/**
 * Puts a {@link Guard} before routes of Vert.x.
 *
 * <pre>{@code
 * router
 *     .delete("/scans/:id")
 *     .handler(guard.requiring(Requirement.allOf("scans:delete"), "DELETE /scans/{id}"))
 *     .handler(this::delete);
 * }</pre>
 *
 * <p><b>Security guarantees.</b> The next handler runs only after an allowed decision; whatever
 * fails before it ends the request. The token is not kept.
 *
 * <p>Thread-safe if its guard is. The check runs on the event loop, so the guard's authorizer must
 * answer from memory.
 */
public final class VertxGuard {
  private static final String KEY = VerifiedKey.class.getName();

  private final Guard guard;
  private final String base;

  /**
   * Makes a guard for routes.
   *
   * @param guard decides
   * @param base the address that the pages of the problems are under, without a slash at its end
   */
  public VertxGuard(Guard guard, String base) {
    this.guard = guard;
    this.base = base;
  }

  /**
   * Makes a handler that lets a request go on only if it may, and answers it otherwise. Goes before
   * a handler that reads the body: a request that is refused is not read.
   *
   * @param requirement what the route requires
   * @param operation the route in words for the caller, {@code DELETE /scans/{id}}
   */
  public SecurityPolicyHandler requiring(Requirement requirement, String operation) {
    return context -> {
      if (admits(context, requirement, operation)) {
        context.next();
      }
    };
  }

  /**
   * Returns the key that a request was admitted with.
   *
   * @param context the request
   * @throws IllegalStateException if no guard admitted it, or its route requires no key
   */
  public static VerifiedKey key(RoutingContext context) {
    if (context.get(KEY) instanceof VerifiedKey key) {
      return key;
    }
    throw new IllegalStateException("the request was not admitted with a key");
  }

  String base() {
    return base;
  }

  /** Tells whether a request may go on now; if it may not, the request is answered. */
  boolean admits(RoutingContext context, Requirement requirement, String operation) {
    return switch (guard.check(credential(context), requirement, operation)) {
      case Guard.Passed passed -> {
        context.put(KEY, passed.key());
        yield true;
      }
      case Guard.Refused refused -> {
        refuse(context, refused.refusal(), base);
        yield false;
      }
    };
  }

  /** Reads what a request presents. */
  static Credential credential(RoutingContext context) {
    HttpServerRequest request = context.request();
    return Credential.of(
        request.headers().getAll("Authorization"),
        request.headers().getAll("X-API-Key"),
        context.queryParams().names());
  }

  /** Answers a request that may not go on. */
  static void refuse(RoutingContext context, Refusal refusal, String base) {
    HttpServerResponse response = context.response();
    response.setStatusCode(refusal.status());
    refusal.challenge().ifPresent(challenge -> response.putHeader("WWW-Authenticate", challenge));
    if (refusal.status() == 503) {
      response.putHeader("Retry-After", "1");
    }
    response.putHeader("Cache-Control", "no-store");
    response.putHeader("X-Content-Type-Options", "nosniff");
    response.putHeader("Content-Type", "application/problem+json");
    AnswerWriter.end(
        context,
        Buffer.buffer(refusal.toJson(base, RequestId.of(context), Optional.of(base))));
  }
}
