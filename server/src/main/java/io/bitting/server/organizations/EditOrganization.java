package io.bitting.server.organizations;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.OrganizationAnswer;
import io.bitting.id.DisplayName;
import io.bitting.issue.Fault;
import io.bitting.organization.Organization;
import io.bitting.organization.Policy;
import io.bitting.scope.Requirement;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.CallingKey;
import io.bitting.server.acting.Step;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Fields;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;
import io.bitting.store.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Edits the name and the settings of the caller's organization. */
public final class EditOrganization implements Endpoint {
  private static final Route ROUTE =
      Route.json(
          "editOrganization", "PATCH", "/v1/organizations/{org}", Requirement.allOf("org:write"));

  private final Acting acting;

  /**
   * Makes the endpoint.
   *
   * @param acting carries it out
   */
  public EditOrganization(Acting acting) {
    this.acting = acting;
  }

  /** What is asked for. */
  private record Edit(
      Optional<String> name,
      Optional<Boolean> allScopesAllowed,
      PolicyForm policy,
      List<Fault> faults) {}

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    Edit edit = read(call);
    return acting.change(
        call,
        ROUTE,
        (writer, caller) -> edit(writer, caller, call, edit),
        shown -> Answer.json(200, shown));
  }

  private static Edit read(Call call) {
    List<Fault> faults = new ArrayList<>();
    try (Fields fields = new Fields(call.json(), "", faults)) {
      Optional<String> name = fields.optionalText("name").map(DisplayName::normalize);
      name.ifPresent(given -> OrganizationName.check(given, faults));
      return new Edit(
          name,
          fields.optionalFlag("all_scopes_allowed"),
          fields.fields("policy").map(PolicyForm::read).orElseGet(PolicyForm::none),
          faults);
    }
  }

  private static Step<OrganizationAnswer> edit(
      Writer writer, CallingKey caller, Call call, Edit edit) {
    Organization before = caller.organization();
    if (!Acting.isNamed(before, call.path("org"))) {
      return Step.notFound();
    }
    if (!edit.faults().isEmpty()) {
      return Step.no(Answer.problem(Problem.faults(edit.faults())));
    }
    List<AuditEvent.Change> changes = new ArrayList<>();
    Organization after = before;
    if (edit.name().isPresent() && !edit.name().get().equals(before.name())) {
      after = after.named(edit.name().get());
      changes.add(new AuditEvent.Change("name", before.name(), after.name()));
    }
    if (edit.allScopesAllowed().isPresent()
        && edit.allScopesAllowed().get() != before.allScopesAllowed()) {
      after = after.allowingAllScopes(edit.allScopesAllowed().get());
      changes.add(
          new AuditEvent.Change(
              "all_scopes_allowed",
              String.valueOf(before.allScopesAllowed()),
              String.valueOf(after.allScopesAllowed())));
    }
    Policy policy = edit.policy().change().apply(before.policy());
    changes.addAll(PolicyForm.changes(before.policy(), policy));
    after = after.demanding(policy);
    if (changes.isEmpty()) {
      return Step.done(OrganizationAnswers.of(before));
    }
    Organization stored = after.withRevision(before.revision() + 1);
    writer.updateOrganization(stored);
    writer.audit(
        AuditChain.of(before.id()),
        caller.act(
            call,
            "organization.edited",
            new AuditEvent.Target("organization", before.id().text()),
            changes),
        call.source());
    return Step.done(OrganizationAnswers.of(stored));
  }
}
