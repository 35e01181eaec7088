package io.bitting.server.members;

import io.bitting.member.Giver;
import io.bitting.member.Member;
import io.bitting.organization.Role;
import io.bitting.server.acting.ActingCaller;
import io.bitting.server.http.Answer;
import io.bitting.server.http.ProblemCode;
import io.bitting.store.MemberFilter;
import io.bitting.store.PeopleReader;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may give which role and take it away, and that an owner is left.
 *
 * <p><b>Security guarantees.</b> Under the lock of the organization, nobody gives or takes a role
 * that is beyond them, and an organization that has an owner keeps one: only an owner counts whose
 * rows are intact and who is not kept from signing in. Thread-safe: stateless.
 */
final class RoleRules {
  /** Among so many there is one who counts, or nobody looks after the organization anyway. */
  private static final int OWNERS_LOOKED_AT = 200;

  private RoleRules() {}

  /** Says why a role is not given; empty if it may be. */
  static Optional<Answer> refusal(Giver giver, Role role) {
    if (giver.mayGive(role)) {
      return Optional.empty();
    }
    return Optional.of(
        Answer.problem(
            ProblemCode.BEYOND_CEILING,
            switch (role) {
              case OWNER, ADMIN ->
                  "Only an owner gives or takes the role \""
                      + role.code()
                      + "\", and no key does; an owner who is signed in does it.";
              case MEMBER, AUDITOR ->
                  "Who has the role \""
                      + role.code()
                      + "\" may grant more than who asks; ask with a key that reaches everything.";
            }));
  }

  /**
   * Says why a member does not get another role, or none; empty if that may be.
   *
   * @param people the transaction
   * @param giver who asks
   * @param member as it is
   * @param next the role afterwards; empty for none
   */
  static Optional<Answer> refusal(
      PeopleReader people, Giver giver, Member member, Optional<Role> next) {
    Optional<Answer> refusal =
        refusal(giver, member.role()).or(() -> next.flatMap(role -> refusal(giver, role)));
    if (refusal.isPresent()) {
      return refusal;
    }
    boolean owns = member.role() == Role.OWNER;
    return owns && !next.equals(Optional.of(Role.OWNER)) && isLastOwner(people, member)
        ? Optional.of(
            Answer.problem(
                ProblemCode.LAST_OWNER,
                "Member "
                    + member.id()
                    + " is the last owner of the organization; make another one first."))
        : Optional.empty();
  }

  /**
   * Says why a person is to prove once more who it is, before a role is given or taken that has all
   * that an organization has.
   *
   * @param caller who asks
   * @param roles the roles
   */
  static Optional<Answer> refusalUnlessFresh(ActingCaller caller, Role... roles) {
    return Stream.of(roles).anyMatch(role -> role == Role.OWNER || role == Role.ADMIN)
        ? caller.refusalUnlessFresh()
        : Optional.empty();
  }

  /** Tells whether no other owner is left who counts. */
  static boolean isLastOwner(PeopleReader people, Member member) {
    return people
        .members(
            member.organization(), MemberFilter.as(Role.OWNER), Optional.empty(), OWNERS_LOOKED_AT)
        .stream()
        .flatMap(row -> row.intact().stream())
        .filter(row -> !row.member().id().equals(member.id()))
        .noneMatch(Leaders::canAct);
  }
}
