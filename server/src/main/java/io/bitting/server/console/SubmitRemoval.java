package io.bitting.server.console;

import io.bitting.client.protocol.MatchingRevocation;
import io.bitting.client.protocol.MatchingRevocationAnswer;
import io.bitting.client.protocol.MemberAnswer;
import io.bitting.client.protocol.NewReviewDecision;
import io.bitting.client.protocol.RemovedMember;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Removes a member, and if that is asked for, revokes the keys that the member made or hands them
 * over to whoever asks. The member goes first: what cannot be done with the keys then is said, and
 * the review lists them.
 */
final class SubmitRemoval extends Screen {
  SubmitRemoval(Desk desk) {
    super(desk, Route.form("submitRemoval", "/members/{member}/remove"));
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return desk.take(call, (visitor, form) -> remove(call, visitor, form));
  }

  private Answer remove(Call call, Visitor visitor, Form form) {
    MemberAnswer member = ShowMemberPage.member(desk, visitor, call);
    if (!form.text("confirm").strip().equalsIgnoreCase(member.mail())) {
      return again(
          call,
          visitor,
          Faults.of(
              "confirm",
              "this is not the mail address of " + member.name(),
              "Enter " + member.mail() + "."));
    }
    Reply reply = desk.ask(visitor, call, "removeMember").path("member", member.id()).send();
    if (!reply.ok()) {
      return again(call, visitor, reply.faults());
    }
    RemovedMember removed = reply.read(RemovedMember.class);
    return Desk.on(
        "/members",
        member.name()
            + " is removed."
            + (removed.keys().isEmpty()
                ? ""
                : switch (form.text("keys")) {
                  case "revoke" -> revoke(call, visitor, member);
                  case "hand_over" -> handOver(call, visitor, removed);
                  default -> " The keys go on working; decide about them in the review.";
                }));
  }

  /** Says what became of the keys. */
  private String handOver(Call call, Visitor visitor, RemovedMember removed) {
    long count =
        removed.keys().stream()
            .filter(key ->
                desk.ask(visitor, call, "decideReview")
                    .json(
                        new NewReviewDecision(
                            key,
                            "keep",
                            "Handed over when member " + removed.member().id() + " left.",
                            null,
                            null,
                            visitor.member().id().text()))
                    .send()
                    .ok())
            .count();
    boolean all = count == removed.keys().size() && !removed.moreKeys();
    return " You answer for "
        + Phrases.count(count, "key")
        + " now."
        + (all ? "" : " The others go on working; decide about them in the review.");
  }

  private Answer again(Call call, Visitor visitor, Faults faults) {
    return desk.again(call, visitor, ShowMemberPage.page(desk, visitor, call, faults));
  }

  /** Says what became of the keys. */
  private String revoke(Call call, Visitor visitor, MemberAnswer member) {
    Reply plan = matching(call, visitor, member, true, null);
    if (!plan.ok()) {
      return kept(plan);
    }
    int count = plan.read(MatchingRevocationAnswer.class).count();
    Reply done = matching(call, visitor, member, null, count);
    return done.ok() ? " " + Phrases.count(count, "key") + " revoked." : kept(done);
  }

  private Reply matching(
      Call call,
      Visitor visitor,
      MemberAnswer member,
      @Nullable Boolean plan,
      @Nullable Integer count) {
    return desk.ask(visitor, call, "revokeMatchingKeys")
        .json(
            new MatchingRevocation(
                Map.of("created_by", member.id()), "member_left", null, plan, count))
        .send();
  }

  private static String kept(Reply reply) {
    return " The keys are not revoked and go on working: " + reply.problem().detail();
  }
}
