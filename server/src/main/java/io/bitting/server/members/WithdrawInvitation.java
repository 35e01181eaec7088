package io.bitting.server.members;

import io.bitting.client.protocol.InvitationAnswer;
import io.bitting.id.InvitationId;
import io.bitting.member.Invitation;
import io.bitting.organization.Organization;
import io.bitting.scope.Requirement;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.ActingCaller;
import io.bitting.server.acting.Step;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Route;
import io.bitting.store.Writer;
import java.time.Clock;
import java.util.Optional;

/**
 * Withdraws an invitation: its code is void. Whoever may not give its role does not take it away
 * either.
 */
public final class WithdrawInvitation implements Endpoint {
  private static final Route ROUTE =
      Route.json(
          "withdrawInvitation",
          "POST",
          "/v1/organizations/{org}/invitations/{invitation}/withdraw",
          Requirement.allOf("org.memberships:manage"));

  private final Acting acting;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting carries it out
   * @param clock tells whether it has expired
   */
  public WithdrawInvitation(Acting acting, Clock clock) {
    this.acting = acting;
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
    return acting.change(
        call,
        ROUTE,
        (writer, caller) -> withdraw(writer, caller, call),
        shown -> Answer.json(200, shown));
  }

  private Step<InvitationAnswer> withdraw(Writer writer, ActingCaller caller, Call call) {
    Optional<Sealed<Invitation>> row = find(writer, caller.organization(), call);
    if (row.isEmpty()) {
      return Step.notFound();
    }
    Invitation invitation = row.get().unchecked();
    Optional<Answer> refusal = RoleRules.refusal(caller.giver(), invitation.role());
    if (refusal.isPresent()) {
      return Step.no(refusal.get());
    }
    Departure.withdraw(writer, invitation, Departure.by(writer, caller, call));
    return Step.done(InvitationAnswers.of(row.get(), clock.instant()));
  }

  private static Optional<Sealed<Invitation>> find(Writer writer, Organization own, Call call) {
    if (!Acting.isNamed(own, call.path("org"))) {
      return Optional.empty();
    }
    return InvitationId.parse(call.path("invitation"))
        .flatMap(writer.people()::invitation)
        .filter(row -> row.unchecked().organization().equals(own.id()));
  }
}
