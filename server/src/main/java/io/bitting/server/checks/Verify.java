package io.bitting.server.checks;

import io.bitting.access.LocalAuthorizer;
import io.bitting.issue.Fault;
import io.bitting.scope.Requirement;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether a token may do something. An answer of 200 says yes or no; only a question that
 * cannot be asked is a problem.
 */
public final class Verify implements Endpoint {
  private static final Route ROUTE =
      Route.json("verify", "POST", "/v1/verify", Requirement.allOf("keys:verify")).onDataPlane();

  private final Checking checking;

  /**
   * Makes the endpoint.
   *
   * @param authorizer decides
   * @param watcher told of each check
   */
  public Verify(LocalAuthorizer authorizer, CheckWatcher watcher) {
    this.checking = new Checking(authorizer, watcher);
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    List<Fault> faults = new ArrayList<>();
    Optional<CheckForm> form = CheckForm.read(call.json(), "", faults);
    if (form.isEmpty()) {
      return Answer.problem(Problem.faults(faults));
    }
    return checking
        .beyondReach(call, form.get().api())
        .orElseGet(
            () -> Answer.bytes("application/json", AnswerWriter.write(checking.check(form.get()))));
  }
}
