package io.bitting.server.organizations;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.SetupCodeAnswer;
import io.bitting.grant.Ceiling;
import io.bitting.organization.Organization;
import io.bitting.organization.Role;
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
import io.bitting.server.setup.SetupCodes;
import io.bitting.store.KeyFilter;
import io.bitting.store.MemberFilter;
import io.bitting.store.Writer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Makes another setup code for an organization whose first one was lost; not once it has a key or
 * an owner.
 */
public final class CreateSetupCode implements Endpoint {
  private static final Route ROUTE =
      Route.json(
          "createSetupCode",
          "POST",
          "/v1/organizations/{org}/setup-code",
          Requirement.allOf("organizations:manage"));

  private final Acting acting;
  private final SetupCodes codes;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting carries it out
   * @param codes makes the code
   * @param clock tells the time
   */
  public CreateSetupCode(Acting acting, SetupCodes codes, Clock clock) {
    this.acting = acting;
    this.codes = codes;
    this.clock = clock;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    call.requireNoMembers();
    return acting.create(
        call,
        ROUTE,
        (writer, caller) -> create(writer, caller, call),
        (fresh, reveal) ->
            Answer.json(
                201,
                new SetupCodeAnswer(reveal.secret(() -> fresh.text()), fresh.code().expiresAt())));
  }

  private Step<SetupCodes.Fresh> create(Writer writer, ActingCaller caller, Call call) {
    Optional<Organization> found =
        Acting.named(writer, call.path("org"))
            .flatMap(named -> writer.lockOrganization(named.id()))
            .flatMap(Sealed::intact);
    if (found.isEmpty()) {
      return Step.notFound();
    }
    Organization organization = found.get();
    if (!(caller.ceiling() instanceof Ceiling.Everything)) {
      return Step.no(
          ProblemCode.BEYOND_CEILING,
          "The owner of an organization may grant everything there, and the key that asks may not; use a key that reaches everything.");
    }
    if (hasKey(writer, organization)) {
      return Step.no(
          ProblemCode.ALREADY_SET_UP,
          "Organization \""
              + organization.slug()
              + "\" has had its first key; its own people make further ones.");
    }
    if (hasOwner(writer, organization)) {
      return Step.no(
          ProblemCode.ALREADY_SET_UP,
          "Organization \""
              + organization.slug()
              + "\" has an owner; its own people make its keys.");
    }
    SetupCodes.Fresh fresh = codes.make(organization.id());
    writer.putSetupCode(fresh.code());
    writer.audit(
        AuditChain.of(organization.id()),
        caller.act(
            call,
            "setup_code.created",
            new AuditEvent.Target("setup_code", fresh.code().id()),
            List.of(
                new AuditEvent.Change("expires_at", null, fresh.code().expiresAt().toString()))),
        call.source());
    return Step.done(fresh);
  }

  private boolean hasKey(Writer writer, Organization organization) {
    return !writer
        .keys(organization.id(), KeyFilter.all(clock.instant()), Optional.empty(), 1)
        .isEmpty();
  }

  private static boolean hasOwner(Writer writer, Organization organization) {
    return !writer
        .people()
        .members(organization.id(), MemberFilter.as(Role.OWNER), Optional.empty(), 1)
        .isEmpty();
  }
}
