package io.bitting.samples;

import io.bitting.access.OperationGuard;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;

/**
 * Puts an {@link OperationGuard} before a whole router of Vert.x: what each request requires comes
 * from the operations that were uploaded to Bitting.
 *
 * <pre>{@code
 * router.route().handler(guard.handler()).handler(this::serve);
 * }</pre>
 *
 * <p><b>Security guarantees.</b> The next handler runs only after an allowed decision; whatever
 * fails before it ends the request. The request's target is judged as it came, before anything
 * decodes it. The token is not kept.
 *
 * <p>Thread-safe. The check runs on the event loop and answers from memory.
 */
public final class VertxOperationGuard {
  private static final String PASSED = OperationGuard.Passed.class.getName();

  private final OperationGuard guard;
  private final String base;

  /**
   * Makes a guard for a router.
   *
   * @param guard decides
   * @param base the address that the pages of the problems are under, without a slash at its end
   */
  public VertxOperationGuard(OperationGuard guard, String base) {
    this.guard = guard;
    this.base = base;
  }

  /**
   * Makes a handler that lets a request go on only if it may, and answers it otherwise. Goes before
   * a handler that reads the body: a request that is refused is not read.
   */
  public SecurityPolicyHandler handler() {
    return context -> {
      String method = context.request().method().name();
      switch (guard.check(VertxGuard.credential(context), method, context.request().uri())) {
        case OperationGuard.Passed passed -> {
          context.put(PASSED, passed);
          context.next();
        }
        case OperationGuard.Refused refused -> VertxGuard.refuse(context, refused.refusal(), base);
      }
    };
  }

  /**
   * Returns what a request was admitted for. Serve this operation, and look for none yourself.
   *
   * @param context the request
   * @throws IllegalStateException if no guard admitted it
   */
  public static OperationGuard.Passed passed(RoutingContext context) {
    if (context.get(PASSED) instanceof OperationGuard.Passed passed) {
      return passed;
    }
    throw new IllegalStateException("the request was not admitted");
  }

  String base() {
    return base;
  }
}
