package io.bitting.server.members;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.MemberAnswer;
import io.bitting.issue.Fault;
import io.bitting.member.Member;
import io.bitting.organization.Role;
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
import io.bitting.store.MemberRow;
import io.bitting.store.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives a member another role. The same role again changes nothing. */
public final class EditMember implements Endpoint {
  private static final Route ROUTE =
      Route.json(
          "editMember",
          "PATCH",
          "/v1/organizations/{org}/members/{member}",
          Requirement.allOf("org.memberships:manage"));

  private final Acting acting;

  /**
   * Makes the endpoint.
   *
   * @param acting carries it out
   */
  public EditMember(Acting acting) {
    this.acting = acting;
  }

  /** What is asked for. */
  private record Edit(Optional<Role> role, List<Fault> faults) {}

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
      return new Edit(RoleForm.read(fields), faults);
    }
  }

  private static Step<MemberAnswer> edit(Writer writer, ActingCaller caller, Call call, Edit edit) {
    Optional<MemberRow> row = MemberOfPath.intact(writer, caller.organization(), call);
    if (row.isEmpty()) {
      return Step.notFound();
    }
    if (!edit.faults().isEmpty()) {
      return Step.no(Answer.problem(Problem.faults(edit.faults())));
    }
    Member before = row.get().member();
    Role role = edit.role().orElseThrow();
    if (before.role() == role) {
      return Step.done(MemberAnswers.of(row.get()));
    }
    Optional<Answer> refusal =
        RoleRules.refusal(writer.people(), caller.giver(), before, Optional.of(role))
            .or(() -> RoleRules.refusalUnlessFresh(caller, before.role(), role));
    if (refusal.isPresent()) {
      return Step.no(refusal.get());
    }
    Member after = before.as(role);
    writer.people().updateMember(after);
    writer.audit(
        AuditChain.of(before.organization()),
        caller.act(
            call,
            "member.role_changed",
            new AuditEvent.Target("member", before.id().text()),
            List.of(new AuditEvent.Change("role", before.role().code(), role.code()))),
        call.source());
    return Step.done(
        MemberAnswers.of(new MemberRow(after, row.get().person(), row.get().lastSignInAt())));
  }
}
