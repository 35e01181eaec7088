package io.bitting.server.signin;

import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.id.PersonId;
import io.bitting.member.Member;
import io.bitting.seal.Sealed;
import io.bitting.store.Writer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tells each organization of a person what the person did: in its own chain, as its own member, so
 * that no two organizations can tell by it that they know the same person. Stateless.
 */
final class PersonEvents {
  private PersonEvents() {}

  static AuditEvent.Change change(String name, String after) {
    return new AuditEvent.Change(name, null, after);
  }

  /** Tells what the person did. */
  static void tell(
      Writer writer,
      PersonId person,
      Browser browser,
      String action,
      List<AuditEvent.Change> changes) {
    for (Member member : memberships(writer, person)) {
      writer.audit(
          AuditChain.of(member.organization()),
          new AuditEvent.Act(
              action,
              Actor.member(member.id()),
              target(member),
              Optional.of(browser.requestId()),
              changes),
          Optional.of(browser.address()));
    }
  }

  /** Tells what was done to the person by itself. */
  static void tell(
      Writer writer,
      PersonId person,
      String chore,
      String source,
      String action,
      List<AuditEvent.Change> changes) {
    for (Member member : memberships(writer, person)) {
      writer.audit(
          AuditChain.of(member.organization()),
          new AuditEvent.Act(
              action,
              new Actor(Actor.Kind.CHORE, chore),
              target(member),
              Optional.empty(),
              changes),
          Optional.of(source));
    }
  }

  private static AuditEvent.Target target(Member member) {
    return new AuditEvent.Target("member", member.id().text());
  }

  /** In one order for everybody, so that nobody waits for a chain that waits for theirs. */
  private static List<Member> memberships(Writer writer, PersonId person) {
    return writer.people().memberships(person).stream()
        .map(Sealed::intact)
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(member -> member.organization().text()))
        .toList();
  }
}
