package io.bitting.server.members;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.NewInvitationAnswer;
import io.bitting.id.OrganizationId;
import io.bitting.issue.Fault;
import io.bitting.member.Invitation;
import io.bitting.member.MailAddress;
import io.bitting.organization.Organization;
import io.bitting.organization.Role;
import io.bitting.scope.Requirement;
import io.bitting.scope.Spelling;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.ActingCaller;
import io.bitting.server.acting.Quota;
import io.bitting.server.acting.Reveal;
import io.bitting.server.acting.Step;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Fields;
import io.bitting.server.http.Problem;
import io.bitting.server.http.ProblemCode;
import io.bitting.server.http.Route;
import io.bitting.store.Writer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Invites somebody to the caller's organization. The code is in this answer and, where the server
 * sends mail, in the mail to whom it is for; nowhere else. An invitation of the same address that
 * has expired gives way; one that is open does not.
 *
 * <p>The mail is sent after the invitation was committed. If it is not sent, also because its
 * address got too many lately, the invitation stands and the answer says so.
 */
public final class CreateInvitation implements Endpoint {
  /** As many invitations an organization has at most, expired ones included. */
  static final int AT_MOST = 200;

  private static final Route ROUTE =
      Route.json(
          "createInvitation",
          "POST",
          "/v1/organizations/{org}/invitations",
          Requirement.allOf("org.memberships:manage"));

  private final Acting acting;
  private final InvitationCodes codes;
  private final Quota quota;
  private final Postage postage;
  private final Supplier<String> baseUrl;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting carries it out
   * @param codes makes invitations
   * @param quota how many an organization may make
   * @param postage sends them
   * @param baseUrl the address that people know, without a slash at its end
   * @param clock tells the time
   */
  public CreateInvitation(
      Acting acting,
      InvitationCodes codes,
      Quota quota,
      Postage postage,
      Supplier<String> baseUrl,
      Clock clock) {
    this.acting = acting;
    this.codes = codes;
    this.quota = quota;
    this.postage = postage;
    this.baseUrl = baseUrl;
    this.clock = clock;
  }

  /** What is asked for. */
  private record Form(Optional<MailAddress> mail, Optional<Role> role, List<Fault> faults) {}

  /** What is made. */
  private record Made(Organization organization, InvitationCodes.Fresh fresh) {}

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    Form form = read(call);
    return acting.create(
        call,
        ROUTE,
        quota.within((writer, caller) -> create(writer, caller, call, form)),
        (made, reveal) -> Answer.json(201, answer(made, reveal)));
  }

  private NewInvitationAnswer answer(Made made, Reveal reveal) {
    Invitation invitation = made.fresh().invitation();
    InvitationMessage message =
        InvitationMessage.of(made.organization(), made.fresh(), baseUrl.get());
    return new NewInvitationAnswer(
        InvitationAnswers.of(invitation, clock.instant()),
        reveal.secret(() -> made.fresh().text()),
        reveal.secret(message::link),
        reveal.secret(message.letter()::text),
        switch (reveal) {
          case ONCE ->
              postage.send(
                  made.organization().id(), message.letter(), "invitation " + invitation.id());
          // The transaction is open, so nothing is sent yet.
          case NOT_AGAIN -> null;
        });
  }

  private static Form read(Call call) {
    List<Fault> faults = new ArrayList<>();
    try (Fields fields = new Fields(call.json(), "", faults)) {
      int before = faults.size();
      String text = fields.text("mail");
      Optional<MailAddress> mail = MailAddress.parse(text);
      if (mail.isEmpty() && faults.size() == before) {
        fields.fault(
            "mail",
            "mail_invalid",
            "mail address \""
                + Spelling.printable(text)
                + "\" is not well-formed; "
                + MailAddress.RULE,
            "send another: ada@example.com");
      }
      return new Form(mail, RoleForm.read(fields), faults);
    }
  }

  private Step<Made> create(Writer writer, ActingCaller caller, Call call, Form form) {
    Organization organization = caller.organization();
    if (!Acting.isNamed(organization, call.path("org"))) {
      return Step.notFound();
    }
    if (!form.faults().isEmpty()) {
      return Step.no(Answer.problem(Problem.faults(form.faults())));
    }
    MailAddress mail = form.mail().orElseThrow();
    Role role = form.role().orElseThrow();
    Optional<Answer> refusal =
        RoleRules.refusal(caller.giver(), role)
            .or(() -> RoleRules.refusalUnlessFresh(caller, role))
            .or(() -> clash(writer, organization.id(), mail));
    if (refusal.isPresent()) {
      return Step.no(refusal.get());
    }
    InvitationCodes.Fresh fresh = codes.make(organization.id(), mail, role, caller.actor());
    writer.people().insertInvitation(fresh.invitation());
    writer.audit(
        AuditChain.of(organization.id()),
        caller.act(
            call,
            "member.invited",
            new AuditEvent.Target("invitation", fresh.invitation().id().text()),
            List.of(
                new AuditEvent.Change("role", null, role.code()),
                new AuditEvent.Change(
                    "expires_at", null, fresh.invitation().expiresAt().toString()))),
        call.source());
    return Step.done(new Made(organization, fresh));
  }

  /** Says what is in the way; takes out of the way what has expired. */
  private Optional<Answer> clash(Writer writer, OrganizationId organization, MailAddress mail) {
    boolean isMember =
        writer
            .people()
            .person(mail)
            .flatMap(person -> writer.people().member(organization, person.unchecked().id()))
            .isPresent();
    if (isMember) {
      return conflict("A member has the address \"" + mail + "\" already.");
    }
    Optional<Sealed<Invitation>> earlier = writer.people().invitation(organization, mail);
    if (earlier.isPresent() && earlier.get().unchecked().isOpen(clock.instant())) {
      return conflict(
          "Invitation "
              + earlier.get().unchecked().id()
              + " of \""
              + mail
              + "\" is open; withdraw it first.");
    }
    earlier.ifPresent(row -> writer.people().removeInvitation(row.unchecked()));
    return writer.people().invitations(organization, Optional.empty(), AT_MOST).size() < AT_MOST
        ? Optional.empty()
        : conflict(
            "The organization has "
                + AT_MOST
                + " invitations, which is the most; withdraw some first.");
  }

  private static Optional<Answer> conflict(String detail) {
    return Optional.of(Answer.problem(ProblemCode.STATE_CONFLICT, detail));
  }
}
