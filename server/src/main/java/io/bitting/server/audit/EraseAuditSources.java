package io.bitting.server.audit;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.ErasureAnswer;
import io.bitting.issue.Fault;
import io.bitting.organization.Organization;
import io.bitting.scope.Requirement;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.ActingCaller;
import io.bitting.server.acting.Step;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Fields;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;
import io.bitting.store.Writer;
import io.bitting.store.Writer.Erasure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Erases where events of the caller's organization came from: the data of a person that the audit
 * has. The events stay, and the chain stays whole. That it was done is an event itself, which names
 * no address but that of whoever did it.
 */
public final class EraseAuditSources implements Endpoint {
  private static final Route ROUTE =
      Route.json(
          "eraseAuditSources",
          "POST",
          "/v1/organizations/{org}/audit-erasures",
          Requirement.allOf("audit:read", "org:write"));

  private static final int TEXT_MAX = 100;

  private final Acting acting;

  /**
   * Makes the endpoint.
   *
   * @param acting carries it out
   */
  public EraseAuditSources(Acting acting) {
    this.acting = acting;
  }

  /** What is asked for. */
  private record Asked(Erasure by, String value, List<Fault> faults) {}

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    Asked asked = read(call);
    return acting.change(
        call,
        ROUTE,
        (writer, caller) -> erase(writer, caller, call, asked),
        erased -> Answer.json(200, new ErasureAnswer(erased)));
  }

  private static Asked read(Call call) {
    List<Fault> faults = new ArrayList<>();
    try (Fields fields = new Fields(call.json(), "", faults)) {
      Optional<String> source = text(fields, "source");
      Optional<String> actor = text(fields, "actor");
      if (fields.has("source") && fields.has("actor")) {
        fields.fault(
            "actor",
            "value_out_of_range",
            "both source and actor are there, and one of them tells the events",
            "take one of them out");
      } else if (!fields.has("source") && !fields.has("actor")) {
        fields.fault(
            "source",
            "member_missing",
            "neither source nor actor is there, and one of them tells the events",
            "send source, an address, or actor, the id of a key or member");
      }
      return new Asked(
          source.isPresent() ? Erasure.SOURCE : Erasure.ACTOR,
          source.or(() -> actor).orElse(""),
          faults);
    }
  }

  private static Optional<String> text(Fields fields, String name) {
    Optional<String> text = fields.optionalText(name);
    text.filter(given -> given.isBlank() || given.length() > TEXT_MAX || given.indexOf('\0') >= 0)
        .ifPresent(given ->
            fields.fault(
                name,
                "value_out_of_range",
                "the value is blank or has more than " + TEXT_MAX + " characters",
                "send it as events show it"));
    return text;
  }

  private static Step<Long> erase(Writer writer, ActingCaller caller, Call call, Asked asked) {
    Organization own = caller.organization();
    if (!Acting.isNamed(own, call.path("org"))) {
      return Step.notFound();
    }
    if (!asked.faults().isEmpty()) {
      return Step.no(Answer.problem(Problem.faults(asked.faults())));
    }
    AuditChain chain = AuditChain.of(own.id());
    long erased = writer.eraseSources(chain, asked.by(), asked.value());
    if (erased > 0) {
      writer.audit(
          chain,
          caller.act(
              call,
              "audit.erased",
              new AuditEvent.Target("organization", own.id().text()),
              changes(asked, erased)),
          call.source());
    }
    return Step.done(erased);
  }

  /** An address that was erased is not written down again. */
  private static List<AuditEvent.Change> changes(Asked asked, long erased) {
    List<AuditEvent.Change> changes = new ArrayList<>();
    if (asked.by() == Erasure.ACTOR) {
      changes.add(new AuditEvent.Change("actor", null, asked.value()));
    }
    changes.add(new AuditEvent.Change("sources", String.valueOf(erased), "0"));
    return changes;
  }
}
