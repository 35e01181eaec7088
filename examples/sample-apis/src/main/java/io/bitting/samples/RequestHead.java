package io.bitting.samples;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.SortedSet;

/** What can be wrong with a request before its body is read. */
final class RequestHead {
  private RequestHead() {}

  static Optional<Answer> queryProblem(
      RoutingContext context, SortedSet<String> names, String operation) {
    for (String key : context.queryParams().names()) {
      if (!names.contains(key)) {
        String taken = names.isEmpty() ? "none" : String.join(", ", names);
        return Optional.of(
            Answer.queryInvalid(
                "There is no query parameter \""
                    + key
                    + "\"; "
                    + operation
                    + " takes: "
                    + taken
                    + "."));
      }
      if (context.queryParam(key).size() > 1) {
        return Optional.of(
            Answer.queryInvalid(
                "The query parameter \"" + key + "\" is there twice; send it once."));
      }
    }
    return Optional.empty();
  }

  static Optional<Answer> mediaProblem(RoutingContext context, Operation.Body body) {
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || type.split(";", 2)[0].strip().equalsIgnoreCase(body.mediaType())) {
      return Optional.empty();
    }
    String detail = "The operation takes a body as Content-Type: " + body.mediaType() + ".";
    return Optional.of(Answer.problem(ProblemCode.MEDIA_TYPE_UNSUPPORTED, detail));
  }
}
