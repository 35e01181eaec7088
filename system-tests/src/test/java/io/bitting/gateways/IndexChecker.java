package io.bitting.gateways;

import io.bitting.operation.Match;
import io.bitting.operation.Operation;
import io.bitting.operation.OperationIndex;
import io.bitting.operation.PathTemplate;
import io.bitting.scope.Requirement;

/** Decides as Bitting does about the operation, and takes the token for the scope. */
final class IndexChecker {
  private static final OperationIndex INDEX =
      OperationIndex.of(
          TrickedApi.OPERATIONS.stream()
              .map(
                  name ->
                      new Operation(
                          name.split(" ", 2)[0],
                          PathTemplate.of(name.split(" ", 2)[1]),
                          Requirement.allOf(TrickedApi.scope(name)),
                          "",
                          "",
                          ""))
              .toList());

  private IndexChecker() {}

  static RawServer start() {
    return RawServer.start(IndexChecker::answer);
  }

  private static RawServer.Say answer(RawServer.Request request) {
    boolean nginx = request.target().endsWith("/nginx");
    String method = request.only(nginx ? "X-Original-Method" : "X-Forwarded-Method");
    String target = request.only(nginx ? "X-Original-URI" : "X-Forwarded-Uri");
    String token = request.only("Authorization").replace("Bearer ", "");
    boolean allowed =
        !target.contains("_method")
            && !token.isEmpty()
            && INDEX.find(method, target) instanceof Match.Found found
            && found
                .operation()
                .requirement()
                .equals(Requirement.allOf(token.replace('-', ':')));
    return new RawServer.Say(
        allowed
            ? "HTTP/1.1 200 OK\r\nX-Bitting-Key: "
                + token
                + "\r\nX-Bitting-Organization: a\r\nX-Bitting-Scopes: b\r\n"
                + "X-Bitting-Scopes-Omitted: false\r\nContent-Length: 0\r\n\r\n"
            : "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
        RawServer.Then.KEEP);
  }
}
