package io.bitting.server.members;

import io.bitting.audit.Actor;
import io.bitting.client.protocol.RemovedMember;
import io.bitting.key.Key;
import io.bitting.member.Member;
import io.bitting.scope.Requirement;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.ActingCaller;
import io.bitting.server.acting.Step;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Route;
import io.bitting.store.KeyFilter;
import io.bitting.store.KeyRow;
import io.bitting.store.MemberRow;
import io.bitting.store.Writer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Removes a member: the person is nothing in the organization any more, and who is a member nowhere
 * else is removed with everything that they sign in with. Invitations that the member made are
 * withdrawn. Keys that the member made stay, and are named in the answer and found by a review, so
 * that somebody decides about them.
 */
public final class RemoveMember implements Endpoint {
  private static final Route ROUTE =
      Route.json(
          "removeMember",
          "POST",
          "/v1/organizations/{org}/members/{member}/remove",
          Requirement.allOf("org.memberships:manage"));

  private static final int KEYS_NAMED = 200;

  private final Acting acting;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting carries it out
   * @param clock tells the time
   */
  public RemoveMember(Acting acting, Clock clock) {
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
        (writer, caller) -> remove(writer, caller, call),
        removed -> Answer.json(200, removed));
  }

  private Step<RemovedMember> remove(Writer writer, ActingCaller caller, Call call) {
    Optional<MemberRow> row = MemberOfPath.intact(writer, caller.organization(), call);
    if (row.isEmpty()) {
      return Step.notFound();
    }
    Member member = row.get().member();
    Optional<Answer> refusal =
        RoleRules.refusal(writer.people(), caller.giver(), member, Optional.empty())
            .or(caller::refusalUnlessFresh);
    if (refusal.isPresent()) {
      return Step.no(refusal.get());
    }
    Departure.of(writer, member, "member.removed", Departure.by(writer, caller, call));
    List<String> keys = keys(writer, member);
    return Step.done(
        new RemovedMember(
            MemberAnswers.of(row.get()),
            keys.stream().limit(KEYS_NAMED).toList(),
            keys.size() > KEYS_NAMED));
  }

  /** Returns the ids of keys that count still, one more than are named. */
  private List<String> keys(Writer writer, Member member) {
    Instant now = clock.instant();
    KeyFilter filter =
        new KeyFilter(
            now,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(member.id().text()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    List<String> ids = new ArrayList<>();
    Optional<KeyFilter.After> after = Optional.empty();
    List<Sealed<KeyRow>> page;
    do {
      page = writer.keys(member.organization(), filter, after, KEYS_NAMED);
      for (Sealed<KeyRow> row : page) {
        Key key = row.unchecked().key();
        after = Optional.of(new KeyFilter.After(key.createdAt(), key.id()));
        if (!key.isGone(now) && key.createdBy().kind() == Actor.Kind.MEMBER) {
          ids.add(key.id().text());
        }
      }
    } while (page.size() == KEYS_NAMED && ids.size() <= KEYS_NAMED);
    return ids;
  }
}
