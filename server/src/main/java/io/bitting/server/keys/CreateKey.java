package io.bitting.server.keys;

import io.bitting.client.protocol.CreatedKey;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.issue.Fault;
import io.bitting.issue.IssuedKey;
import io.bitting.issue.Issuing;
import io.bitting.issue.KeyRequest;
import io.bitting.scope.Requirement;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.ActingCaller;
import io.bitting.server.acting.Quota;
import io.bitting.server.acting.Step;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;
import io.bitting.store.Writer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Creates a key. Its token is in this answer and nowhere else. */
public final class CreateKey implements Endpoint {
  private static final Route ROUTE =
      Route.json(
          "createKey", "POST", "/v1/organizations/{org}/api-keys", Requirement.allOf("keys:issue"));

  private final Acting acting;
  private final Issuing issuing;
  private final Quota quota;
  private final Clock clock;

  /** What is made: the key, and how it is shown. */
  private record Made(IssuedKey issued, KeyAnswer shown, String organization) {}

  /**
   * Makes the endpoint.
   *
   * @param acting carries it out
   * @param issuing the one way to a key
   * @param quota how many keys an organization may make
   * @param clock tells the time
   */
  public CreateKey(Acting acting, Issuing issuing, Quota quota, Clock clock) {
    this.acting = acting;
    this.issuing = issuing;
    this.quota = quota;
    this.clock = clock;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    List<Fault> faults = new ArrayList<>();
    KeyRequest request = KeyForm.read(call.json(), faults);
    return acting.create(
        call,
        ROUTE,
        quota.within((writer, caller) -> issue(writer, caller, call, request, faults)),
        (made, reveal) ->
            Answer.json(
                    201,
                    new CreatedKey(made.shown(), reveal.secret(() -> made.issued().revealOnce())))
                .with(
                    "Location",
                    "/v1/organizations/" + made.organization() + "/api-keys/" + made.shown().id()));
  }

  private Step<Made> issue(
      Writer writer, ActingCaller caller, Call call, KeyRequest request, List<Fault> faults) {
    if (!Acting.isNamed(caller.organization(), call.path("org"))) {
      return Step.notFound();
    }
    if (!faults.isEmpty()) {
      return Step.no(
          Answer.problem(
              Problem.faults(issuing.faults(writer, caller.organization(), request, faults))));
    }
    return switch (issuing.issue(writer, caller.organization(), caller.issuer(call), request)) {
      case Issuing.Issued issued ->
          Step.done(
              new Made(
                  issued.key(),
                  new KeyAnswers(writer, clock.instant())
                      .of(Sealed.of(issued.key().row(), SealVerdict.INTACT)),
                  caller.organization().slug().text()));
      case Issuing.No no -> Step.no(IssuingAnswers.of(no, caller, writer));
    };
  }
}
