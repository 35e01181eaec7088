package io.bitting.samples.appsec;

import static io.bitting.scope.Requirement.allOf;

import io.bitting.samples.Answer;
import io.bitting.samples.Call;
import io.bitting.samples.Endpoint;
import io.bitting.samples.Operation;
import io.bitting.samples.Operation.Body;
import java.util.List;
import java.util.function.UnaryOperator;

/** The operations on issues. */
final class Issues {
  static final List<Endpoint<Workspace>> ENDPOINTS =
      List.of(
          Operation.get("/issues", "list issues, all or those of one scan", allOf("issues:read"))
              .query("scan")
              .example("/issues?scan=1")
              .by(Issues::list),
          Operation.get("/issues/{id}", "show an issue", allOf("issues:read")).by(Issues::show),
          Operation.put(
                  "/issues/{id}/assignee", "assign an issue to a user", allOf("issues:manage"))
              .taking(Body.JSON, "{\"user\": \"ada@example.com\"}")
              .by(Issues::assign),
          Operation.delete(
                  "/issues/{id}/assignee", "assign an issue to nobody", allOf("issues:manage"))
              .example("/issues/2/assignee")
              .by(Issues::unassign),
          Operation.post(
                  "/issues/{id}/resolve", "mark an issue as resolved", allOf("issues:manage"))
              .by(Issues::resolve),
          Operation.post("/issues/{id}/retest", "retest an issue", allOf("issues:manage"))
              .by(Issues::retest));

  private Issues() {}

  private static Answer list(Workspace w, Call call) {
    return Answer.found(
        "issues",
        w.issues.all().stream()
            .filter(issue -> call.query("scan").map(issue.scan()::equals).orElse(true))
            .toList());
  }

  private static Answer show(Workspace w, Call call) {
    return w.issues.at(call.id(), Answer::found);
  }

  private static Answer assign(Workspace w, Call call) {
    String user = call.fields().line("user", 200);
    return call.fields().then(() -> change(w, call, issue -> issue.assigned(user)));
  }

  private static Answer unassign(Workspace w, Call call) {
    return change(w, call, issue -> issue.assigned(null));
  }

  private static Answer resolve(Workspace w, Call call) {
    return change(w, call, Issue::resolved);
  }

  /** Runs a scan of the one address that is affected. */
  private static Answer retest(Workspace w, Call call) {
    return w.issues.at(
        call.id(),
        issue -> {
          Settings settings = new Settings("Retest of issue " + issue.id(), List.of("retest"), 1);
          Answer started = Scans.start(w, issue.address(), settings);
          if (started instanceof Answer.Created(String path, Scan.Shown scan)) {
            w.issues.replace(issue.id(), issue.retestedBy(scan.id()));
          }
          return started;
        });
  }

  private static Answer change(Workspace w, Call call, UnaryOperator<Issue> change) {
    return w.issues.at(
        call.id(), issue -> Answer.found(w.issues.replace(issue.id(), change.apply(issue))));
  }
}
