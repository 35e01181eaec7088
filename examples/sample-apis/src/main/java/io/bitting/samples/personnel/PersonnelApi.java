package io.bitting.samples.personnel;

import io.bitting.access.LocalAuthorizer;
import io.bitting.access.OperationGuard;
import io.bitting.id.ApiId;
import io.bitting.id.OrganizationId;
import io.bitting.samples.OperationRouter;
import io.bitting.samples.VertxOperationGuard;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The Personnel sample API. */
public final class PersonnelApi {
  /** The API in Bitting. */
  public static final ApiId API = new ApiId("personnel");

  private PersonnelApi() {}

  /**
   * Returns the OpenAPI document, to be uploaded to Bitting with the path of the router as its base
   * path.
   */
  public static String document() {
    return Document.text();
  }

  /**
   * Makes the API with fresh data. It is guarded by the operations that were uploaded: until then,
   * everything is refused.
   *
   * @param vertx runs it
   * @param authorizer decides
   * @param base the address that the pages of the problems are under, without a slash at its end
   * @param clock tells the time
   * @return a router to be mounted at the base path of the operations
   */
  public static Router router(Vertx vertx, LocalAuthorizer authorizer, String base, Clock clock) {
    Document document = Document.shipped();
    Layout layout = new Layout(document.operations());
    Map<OrganizationId, Workspace> workspaces = new ConcurrentHashMap<>();
    return new OperationRouter<>(
            vertx,
            new VertxOperationGuard(new OperationGuard(authorizer, API), base),
            Table.of(document, layout),
            Apart.open(document),
            organization ->
                workspaces.computeIfAbsent(organization, id -> Seed.workspace(layout, clock)))
        .router();
  }
}
