package io.bitting.server.organizations;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.OrganizationAnswer;
import io.bitting.id.DisplayName;
import io.bitting.issue.Fault;
import io.bitting.organization.Organization;
import io.bitting.organization.Policy;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Requirement;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.ActingCaller;
import io.bitting.server.acting.Step;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Fields;
import io.bitting.server.http.Problem;
import io.bitting.server.http.ProblemCode;
import io.bitting.server.http.Route;
import io.bitting.server.members.Leaders;
import io.bitting.store.MemberRow;
import io.bitting.store.Writer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Edits the name and the settings of the caller's organization. A key may have its members need a
 * second factor, and sooner; that they need none, or later, takes a person. Nobody has them need
 * one while an owner or admin has none.
 */
public final class EditOrganization implements Endpoint {
  private static final Route ROUTE =
      Route.json(
          "editOrganization", "PATCH", "/v1/organizations/{org}", Requirement.allOf("org:write"));

  /** A problem names as many. */
  private static final int NAMED = 10;

  private final Acting acting;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting carries it out
   * @param clock tells the time
   */
  public EditOrganization(Acting acting, Clock clock) {
    this.acting = acting;
    this.clock = clock;
  }

  /** What is asked for. */
  private record Edit(
      Optional<String> name,
      Optional<Boolean> allScopesAllowed,
      PolicyForm policy,
      MfaForm mfa,
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

  private Edit read(Call call) {
    List<Fault> faults = new ArrayList<>();
    try (Fields fields = new Fields(call.json(), "", faults)) {
      Optional<String> name = fields.optionalText("name").map(DisplayName::normalize);
      name.ifPresent(given -> OrganizationName.check(given, faults));
      return new Edit(
          name,
          fields.optionalFlag("all_scopes_allowed"),
          fields.fields("policy").map(PolicyForm::read).orElseGet(PolicyForm::none),
          MfaForm.read(fields, clock),
          faults);
    }
  }

  private static Step<OrganizationAnswer> edit(
      Writer writer, ActingCaller caller, Call call, Edit edit) {
    Organization before = caller.organization();
    if (!Acting.isNamed(before, call.path("org"))) {
      return Step.notFound();
    }
    if (!edit.faults().isEmpty()) {
      return Step.no(Answer.problem(Problem.faults(edit.faults())));
    }
    Optional<Answer> stale =
        edit.mfa().eases(before) ? caller.refusalUnlessFresh() : Optional.empty();
    if (stale.isPresent()) {
      return Step.no(stale.get());
    }
    if (edit.mfa().eases(before) && caller.proof() != ActingCaller.Proof.FRESH_SECOND_FACTOR) {
      return Step.no(
          ProblemCode.PERSON_REQUIRED,
          "That members need no second factor, or need it later, is decided by an owner or admin who is signed in with one.");
    }
    Optional<Answer> early =
        edit.mfa().tightens(before) ? leadersFirst(writer, caller) : Optional.empty();
    if (early.isPresent()) {
      return Step.no(early.get());
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
    if (edit.mfa().isGiven() && !edit.mfa().from().equals(required(before))) {
      after = after.requiringMfa(edit.mfa().from());
      changes.add(new AuditEvent.Change("mfa_required_from", words(before), words(after)));
    }
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

  /**
   * Says which owners and admins are to enrol first, if any: once they are kept out, nobody could
   * let anybody in. Who may not see members is told their ids.
   */
  private static Optional<Answer> leadersFirst(Writer writer, ActingCaller caller) {
    List<MemberRow> without = Leaders.withoutMfa(writer.people(), caller.organization().id());
    if (without.isEmpty()) {
      return Optional.empty();
    }
    boolean sees = caller.holds(BuiltInScope.MEMBERSHIPS_READ);
    String named =
        without.stream()
            .limit(NAMED)
            .map(row -> sees ? row.person().unchecked().mail().text() : row.member().id().text())
            .collect(Collectors.joining(", "));
    return Optional.of(
        Answer.problem(
            ProblemCode.STATE_CONFLICT,
            (without.size() == 1
                    ? "1 owner or admin has no second factor: "
                    : without.size() + " owners and admins have no second factor: ")
                + named
                + (without.size() > NAMED ? " and others" : "")
                + ". A second factor can be required once each of them has one."));
  }

  private static Optional<Instant> required(Organization organization) {
    return Optional.ofNullable(organization.mfaRequiredFrom());
  }

  private static String words(Organization organization) {
    return required(organization).map(Instant::toString).orElse("never");
  }
}
