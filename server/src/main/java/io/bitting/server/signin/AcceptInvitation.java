package io.bitting.server.signin;

import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.id.MemberId;
import io.bitting.member.Giver;
import io.bitting.member.Invitation;
import io.bitting.member.Member;
import io.bitting.member.Person;
import io.bitting.organization.Organization;
import io.bitting.seal.Bytes;
import io.bitting.seal.Sealed;
import io.bitting.store.MemberRow;
import io.bitting.store.Reader;
import io.bitting.store.Store;
import io.bitting.store.StoreException;
import io.bitting.store.Writer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * Accepts an invitation: whoever has its code becomes a member, and is signed in.
 *
 * <p><b>Security guarantees.</b> A code counts once, within its time, and as long as whoever
 * invited may still give the role. It adds a person to an organization; it lets nobody in as
 * somebody who is known, which takes their password, and their second factor before anything else.
 *
 * <p>Thread-safe. Blocks.
 */
public final class AcceptInvitation {
  private static final String NONE =
      "The invitation does not exist, was used or withdrawn, or has expired; ask for another one.";

  private final Store store;
  private final Arrivals arrivals;
  private final Beginning beginning;
  private final SecureRandom random;

  /**
   * Makes the flow.
   *
   * @param store keeps invitations and members
   * @param arrivals makes persons
   * @param beginning tells the time
   * @param random gives ids
   */
  public AcceptInvitation(
      Store store, Arrivals arrivals, Beginning beginning, SecureRandom random) {
    this.store = store;
    this.arrivals = arrivals;
    this.beginning = beginning;
    this.random = random;
  }

  /**
   * An invitation as who has its code may see it.
   *
   * @param invitation the invitation
   * @param organization to where
   * @param invitedBy the name of who invited; of a key, that of the organization
   * @param known whether somebody has the mail address already
   */
  public record Offer(
      Invitation invitation, Organization organization, String invitedBy, boolean known) {}

  /**
   * Finds an invitation.
   *
   * @param code its code, any text
   * @return empty if it does not count, or no longer
   */
  public Optional<Offer> find(String code) {
    return store.read(reader -> find(reader, code));
  }

  private Optional<Offer> find(Reader reader, String code) {
    return reader
        .people()
        .invitation(Bytes.sha256(code.strip()))
        .flatMap(Sealed::intact)
        .filter(invitation -> invitation.isOpen(beginning.now()))
        .flatMap(invitation ->
            reader
                .organization(invitation.organization())
                .flatMap(Sealed::intact)
                .flatMap(organization -> offer(reader, invitation, organization)));
  }

  private static Optional<Offer> offer(
      Reader reader, Invitation invitation, Organization organization) {
    Actor by = invitation.createdBy();
    boolean known = Arrivals.isKnown(reader, invitation.mail());
    if (by.kind() != Actor.Kind.MEMBER) {
      return Optional.of(new Offer(invitation, organization, organization.name(), known));
    }
    return MemberId.parse(by.id())
        .flatMap(reader.people()::member)
        .flatMap(Sealed::intact)
        .filter(row -> Giver.member(row.member().role()).mayGive(invitation.role()))
        .map(row -> new Offer(invitation, organization, nameOf(row), known));
  }

  private static String nameOf(MemberRow row) {
    return row.person().unchecked().name();
  }

  /**
   * Accepts it.
   *
   * @param code its code
   * @param name the name of a new person
   * @param password the password: a new one, or that of the person who has the address
   * @param browser who asks
   */
  public Outcome<Joined> accept(String code, String name, String password, Browser browser) {
    Optional<Offer> offer = find(code);
    if (offer.isEmpty()) {
      return new Outcome.Refused<>(NONE);
    }
    Arrivals.Newcomer newcomer =
        new Arrivals.Newcomer(
            offer.get().invitation().mail(), name, password, offer.get().organization().name());
    return switch (arrivals.check(newcomer, browser)) {
      case Outcome.No<Arrivals.Arrival> no -> no.of();
      case Outcome.Done<Arrivals.Arrival> arrival -> accept(code, arrival.result(), browser);
    };
  }

  private Outcome<Joined> accept(String code, Arrivals.Arrival arrival, Browser browser) {
    try {
      return store
          .<Outcome<Joined>>write(writer -> accept(writer, code, arrival, browser))
          .result();
    } catch (StoreException.Conflict e) {
      // Somebody joined by the same address at the same moment.
      return new Outcome.Refused<>(NONE);
    }
  }

  private Outcome<Joined> accept(
      Writer writer, String code, Arrivals.Arrival arrival, Browser browser) {
    Optional<Organization> organization =
        find(writer, code)
            .flatMap(seen -> writer.lockOrganization(seen.organization().id()))
            .flatMap(Sealed::intact);
    // Under the lock once more: somebody may have used it, or withdrawn it, before it was had.
    Optional<Offer> offer = organization.flatMap(locked -> find(writer, code));
    if (offer.isEmpty()) {
      return new Outcome.Refused<>(NONE);
    }
    Optional<Person> person = arrival.person(writer);
    if (person.isEmpty()) {
      return new Outcome.Refused<>(NONE);
    }
    Invitation invitation = offer.get().invitation();
    if (writer.people().member(invitation.organization(), person.get().id()).isPresent()) {
      return new Outcome.Refused<>(
          "You are a member of " + organization.get().name() + " already.");
    }
    Member member =
        new Member(
            MemberId.generate(random),
            invitation.organization(),
            person.get().id(),
            invitation.role(),
            beginning.now(),
            invitation.createdBy(),
            1);
    writer.people().insertMember(member);
    writer.people().removeInvitation(invitation);
    writer.audit(
        AuditChain.of(member.organization()),
        new AuditEvent.Act(
            "member.joined",
            Actor.member(member.id()),
            new AuditEvent.Target("member", member.id().text()),
            Optional.of(browser.requestId()),
            List.of(
                PersonEvents.change("role", member.role().code()),
                PersonEvents.change("invitation", invitation.id().text()))),
        Optional.of(browser.address()));
    return new Outcome.Done<>(
        new Joined(arrival.begin(writer, person.get(), browser), organization.get()));
  }
}
