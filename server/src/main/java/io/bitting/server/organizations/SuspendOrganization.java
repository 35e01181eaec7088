package io.bitting.server.organizations;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.OrganizationAnswer;
import io.bitting.organization.Organization;
import io.bitting.scope.Requirement;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.ActingCaller;
import io.bitting.server.acting.Step;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.ProblemCode;
import io.bitting.server.http.Route;
import io.bitting.store.Writer;
import java.util.List;
import java.util.Optional;

/**
 * Suspends an organization, so that all of its keys are refused, or resumes it: two operations of
 * one form.
 */
public final class SuspendOrganization implements Endpoint {
  private final Route route;
  private final boolean suspend;
  private final Acting acting;

  private SuspendOrganization(boolean suspend, Acting acting) {
    String verb = suspend ? "suspend" : "resume";
    this.route =
        Route.json(
            verb + "Organization",
            "POST",
            "/v1/organizations/{org}/" + verb,
            Requirement.allOf("organizations:manage"));
    this.suspend = suspend;
    this.acting = acting;
  }

  /**
   * Makes the endpoint that suspends.
   *
   * @param acting carries it out
   */
  public static SuspendOrganization suspend(Acting acting) {
    return new SuspendOrganization(true, acting);
  }

  /**
   * Makes the endpoint that resumes.
   *
   * @param acting carries it out
   */
  public static SuspendOrganization resume(Acting acting) {
    return new SuspendOrganization(false, acting);
  }

  @Override
  public Route route() {
    return route;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    call.requireNoMembers();
    return acting.change(
        call,
        route,
        (writer, caller) -> change(writer, caller, call),
        shown -> Answer.json(200, shown));
  }

  private Step<OrganizationAnswer> change(Writer writer, ActingCaller caller, Call call) {
    Optional<Organization> found =
        Acting.named(writer, call.path("org"))
            .flatMap(named -> writer.lockOrganization(named.id()))
            .flatMap(Sealed::intact);
    if (found.isEmpty()) {
      return Step.notFound();
    }
    Organization before = found.get();
    if (before.suspended() == suspend) {
      return Step.done(OrganizationAnswers.of(before));
    }
    if (before.operator()) {
      return Step.no(
          ProblemCode.STATE_CONFLICT,
          "Organization \""
              + before.slug()
              + "\" runs the installation, so it cannot be suspended.");
    }
    Organization after = before.suspended(suspend);
    writer.updateOrganization(after);
    AuditEvent.Act act =
        caller.act(
            call,
            suspend ? "organization.suspended" : "organization.resumed",
            new AuditEvent.Target("organization", before.id().text()),
            List.of(
                new AuditEvent.Change(
                    "state", suspend ? "active" : "suspended", suspend ? "suspended" : "active")));
    writer.audit(AuditChain.INSTALLATION, act, call.source());
    writer.audit(AuditChain.of(before.id()), act, call.source());
    return Step.done(OrganizationAnswers.of(after));
  }
}
