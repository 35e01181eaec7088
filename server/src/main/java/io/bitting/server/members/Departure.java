package io.bitting.server.members;

import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.member.Invitation;
import io.bitting.member.Member;
import io.bitting.member.Person;
import io.bitting.organization.Role;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.ActingCaller;
import io.bitting.server.http.Call;
import io.bitting.store.Writer;
import java.util.List;
import java.util.Optional;

/**
 * What goes with a member, by whatever wish: the invitations that the member made, and the person
 * with everything that they sign in with if they are a member nowhere else. Keys stay. For whoever
 * has checked that the member may go, under the lock of the organization. Stateless.
 */
final class Departure {
  private Departure() {}

  /** Writes in the audit what is gone. */
  @FunctionalInterface
  interface Teller {
    /**
     * Writes it.
     *
     * @param action what was done
     * @param target to what
     * @param role the role that it had or gave
     */
    void tell(String action, AuditEvent.Target target, Role role);
  }

  /**
   * Removes a member.
   *
   * @param writer the transaction
   * @param member as it is stored
   * @param action what the audit calls it
   * @param teller writes the audit
   */
  static void of(Writer writer, Member member, String action, Teller teller) {
    // Before the audit is written: whoever signs in locks the person first, and then the audit.
    Optional<Sealed<Person>> person = writer.people().lockPerson(member.person());
    writer.people().removeMember(member);
    teller.tell(action, new AuditEvent.Target("member", member.id().text()), member.role());
    withdrawInvitations(writer, member, teller);
    person
        .filter(gone -> writer.people().memberships(member.person()).isEmpty())
        .ifPresent(gone -> writer.people().removePerson(gone.unchecked()));
  }

  /** Whoever was invited by somebody who is gone asks somebody who is there. */
  private static void withdrawInvitations(Writer writer, Member member, Teller teller) {
    Actor gone = Actor.member(member.id());
    for (Sealed<Invitation> row :
        writer
            .people()
            .invitations(member.organization(), Optional.empty(), CreateInvitation.AT_MOST)) {
      if (row.unchecked().createdBy().equals(gone)) {
        withdraw(writer, row.unchecked(), teller);
      }
    }
  }

  /**
   * Removes an invitation, altered or not, and says so in the audit.
   *
   * @param writer the transaction
   * @param invitation as it is stored
   * @param teller writes the audit
   */
  static void withdraw(Writer writer, Invitation invitation, Teller teller) {
    writer.people().removeInvitation(invitation);
    teller.tell(
        "invitation.withdrawn",
        new AuditEvent.Target("invitation", invitation.id().text()),
        invitation.role());
  }

  /**
   * Returns what writes the audit in the name of a caller.
   *
   * @param writer the transaction
   * @param caller who asked
   * @param call the request by which it did
   */
  static Teller by(Writer writer, ActingCaller caller, Call call) {
    return (action, target, role) ->
        writer.audit(
            AuditChain.of(caller.organization().id()),
            caller.act(
                call, action, target, List.of(new AuditEvent.Change("role", role.code(), null))),
            call.source());
  }
}
