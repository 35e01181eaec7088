package io.bitting.samples.appsec;

import static io.bitting.scope.Requirement.allOf;

import io.bitting.samples.Answer;
import io.bitting.samples.Call;
import io.bitting.samples.Endpoint;
import io.bitting.samples.Operation;
import java.util.List;

/** The operations on associated repositories: GitHub repositories, Slack channels, Jira boards. */
final class Repositories {
  static final List<Endpoint<Workspace>> ENDPOINTS =
      List.of(
          Operation.get(
                  "/repositories",
                  "list repositories, channels and boards",
                  allOf("integration.repos:read"))
              .by(Repositories::list),
          Operation.get(
                  "/repositories/{id}",
                  "show a repository, channel or board",
                  allOf("integration.repos:read"))
              .by(Repositories::show));

  private Repositories() {}

  private static Answer list(Workspace w, Call call) {
    return Answer.found("repositories", w.repositories.all());
  }

  private static Answer show(Workspace w, Call call) {
    return w.repositories.at(call.id(), Answer::found);
  }
}
