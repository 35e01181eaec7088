package io.bitting.server.members;

import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.id.OrganizationId;
import io.bitting.member.Member;
import io.bitting.organization.Role;
import io.bitting.seal.Sealed;
import io.bitting.server.signin.Beginning;
import io.bitting.server.signin.Browser;
import io.bitting.server.signin.Outcome;
import io.bitting.server.signin.OwnAccount;
import io.bitting.server.signin.Present;
import io.bitting.store.MemberRow;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import java.util.List;
import java.util.Optional;

/**
 * Leaves an organization, by one's own wish: as if one had been removed. The last owner stays.
 *
 * <p>Thread-safe. Blocks.
 */
public final class LeaveOrganization {
  private final OwnAccount account;

  /**
   * Makes the flow.
   *
   * @param store keeps members
   * @param beginning tells the time
   */
  public LeaveOrganization(Store store, Beginning beginning) {
    this.account = new OwnAccount(store, beginning);
  }

  /**
   * Leaves it.
   *
   * @param cookie the cookie of the sign-in
   * @param organization which
   * @param browser who asks
   * @return what the person was there
   */
  public Outcome<Member> leave(String cookie, OrganizationId organization, Browser browser) {
    return account.changeIn(
        organization,
        cookie,
        OwnAccount.Demand.FRESH,
        (writer, present) -> leave(writer, present, organization, browser));
  }

  private static Outcome<Member> leave(
      Writer writer, Present present, OrganizationId organization, Browser browser) {
    Optional<Member> found =
        writer
            .people()
            .member(organization, present.person().id())
            .flatMap(Sealed::intact)
            .map(MemberRow::member);
    if (found.isEmpty()) {
      return new Outcome.Refused<>("You are no member of that organization.");
    }
    Member member = found.get();
    if (member.role() == Role.OWNER && RoleRules.isLastOwner(writer.people(), member)) {
      return new Outcome.Refused<>(
          "You are the last owner of the organization; make another one first.");
    }
    Departure.of(
        writer,
        member,
        "member.left",
        (action, target, role) -> tell(writer, member, browser, action, target, role));
    return new Outcome.Done<>(member);
  }

  private static void tell(
      Writer writer,
      Member member,
      Browser browser,
      String action,
      AuditEvent.Target target,
      Role role) {
    writer.audit(
        AuditChain.of(member.organization()),
        new AuditEvent.Act(
            action,
            Actor.member(member.id()),
            target,
            Optional.of(browser.requestId()),
            List.of(new AuditEvent.Change("role", role.code(), null))),
        Optional.of(browser.address()));
  }
}
