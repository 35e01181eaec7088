package io.bitting.server.checks;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.access.LocalAuthorizer;
import io.bitting.client.protocol.BatchAnswer;
import io.bitting.client.protocol.VerifyAnswer;
import io.bitting.issue.Fault;
import io.bitting.scope.Requirement;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Fields;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes up to a hundred checks at once. If one of them cannot be asked, or is of an API that the
 * caller does not reach, none is made.
 */
public final class VerifyBatch implements Endpoint {
  private static final int CHECKS_MAX = 100;
  private static final Route ROUTE =
      Route.json("verifyBatch", "POST", "/v1/verify/batch", Requirement.allOf("keys:verify"))
          .taking(Set.of("application/json"), 256 * 1024)
          .onDataPlane();

  private final Checking checking;

  /**
   * Makes the endpoint.
   *
   * @param authorizer decides
   * @param watcher told of each check
   */
  public VerifyBatch(LocalAuthorizer authorizer, CheckWatcher watcher) {
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
    List<CheckForm> forms = read(call, faults);
    if (!faults.isEmpty()) {
      return Answer.problem(Problem.faults(faults));
    }
    for (CheckForm form : forms) {
      Optional<Answer> beyond = checking.beyondReach(call, form.api());
      if (beyond.isPresent()) {
        return beyond.get();
      }
    }
    List<BatchAnswer.Result> results = new ArrayList<>();
    String asOf = "";
    for (CheckForm form : forms) {
      VerifyAnswer answer = checking.check(form);
      results.add(answer);
      asOf = asOf.isEmpty() ? answer.asOf() : asOf;
    }
    return Answer.json(200, new BatchAnswer(results, asOf));
  }

  private static List<CheckForm> read(Call call, List<Fault> faults) {
    List<CheckForm> forms = new ArrayList<>();
    try (Fields fields = new Fields(call.json(), "", faults)) {
      fields.requireMember("checks");
      Optional<List<JsonNode>> checks = fields.elements("checks");
      int size = checks.map(List::size).orElse(1);
      if (size < 1 || size > CHECKS_MAX) {
        fields.fault(
            "checks",
            "value_out_of_range",
            "the batch has " + size + " checks; it has 1 to " + CHECKS_MAX,
            "send them in several batches");
        return forms;
      }
      List<JsonNode> nodes = checks.orElse(List.of());
      for (int i = 0; i < nodes.size(); i++) {
        CheckForm.read(nodes.get(i), "/checks/" + i, faults).ifPresent(forms::add);
      }
    }
    return forms;
  }
}
