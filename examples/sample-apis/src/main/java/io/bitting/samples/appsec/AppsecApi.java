package io.bitting.samples.appsec;

import io.bitting.access.Guard;
import io.bitting.id.OrganizationId;
import io.bitting.samples.Endpoint;
import io.bitting.samples.GuardedRouter;
import io.bitting.samples.OpenApi;
import io.bitting.samples.Operation;
import io.bitting.samples.VertxGuard;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The AppSec sample API. */
public final class AppsecApi {
  private AppsecApi() {}

  /**
   * Returns the operations, each with a call that works on the data that an organization starts
   * with.
   */
  public static List<Operation> operations() {
    List<Operation> operations = new ArrayList<>(List.of(GuardedRouter.DESCRIBE));
    endpoints().forEach(endpoint -> operations.add(endpoint.operation()));
    return List.copyOf(operations);
  }

  /**
   * Returns the OpenAPI document, to be uploaded to Bitting with the path of the router as its base
   * path, so that the console shows what each scope opens. What decides is the table in the code.
   */
  public static String document() {
    return OpenApi.of("AppSec", operations());
  }

  /**
   * Makes the API with fresh data.
   *
   * @param vertx runs it
   * @param guard a guard of the API {@code appsec}; its authorizer must answer from memory
   * @param base the address that the pages of the problems are under, without a slash at its end
   * @param clock tells how far a scan is
   * @return a router to be mounted at any path
   */
  public static Router router(Vertx vertx, Guard guard, String base, Clock clock) {
    Map<OrganizationId, Workspace> workspaces = new ConcurrentHashMap<>();
    return new GuardedRouter<>(
            vertx,
            new VertxGuard(guard, base),
            "AppSec",
            endpoints(),
            organization -> workspaces.computeIfAbsent(organization, id -> Workspace.seeded(clock)))
        .router();
  }

  private static List<Endpoint<Workspace>> endpoints() {
    List<Endpoint<Workspace>> endpoints = new ArrayList<>();
    endpoints.addAll(Limits.ENDPOINTS);
    endpoints.addAll(Scans.ENDPOINTS);
    endpoints.addAll(Issues.ENDPOINTS);
    endpoints.addAll(Files.ENDPOINTS);
    endpoints.addAll(Repositories.ENDPOINTS);
    endpoints.addAll(Repeaters.ENDPOINTS);
    endpoints.addAll(Bot.ENDPOINTS);
    endpoints.addAll(Scripts.ENDPOINTS);
    return endpoints;
  }
}
