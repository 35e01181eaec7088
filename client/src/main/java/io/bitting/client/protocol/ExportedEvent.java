package io.bitting.client.protocol;

import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.id.EventId;
import io.bitting.seal.Bytes;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An audit event with everything that its hash covers, so that it can be checked without a server.
 *
 * @param type {@code event}
 * @param chain the organization's id, or {@code installation}
 * @param number its place in its chain, from 1
 * @param id names it
 * @param at when it happened
 * @param action what was done
 * @param actor who did it
 * @param target what it was done to
 * @param requestId the request; null if it came by none
 * @param changes the parts that changed
 * @param sourceCommitment the salted hash of where it came from, hexadecimal; null if from no
 *     address
 * @param source where it came from; null if from no address, or erased
 * @param previousHash the hash of the event before it, hexadecimal
 * @param hash the hash of this one, hexadecimal
 */
public record ExportedEvent(
    String type,
    String chain,
    long number,
    String id,
    Instant at,
    String action,
    Reference actor,
    Reference target,
    @Nullable String requestId,
    List<AuditEventAnswer.Change> changes,
    @Nullable String sourceCommitment,
    @Nullable Source source,
    String previousHash,
    String hash) {
  /** The word that tells events from checkpoints. */
  public static final String TYPE = "event";

  /** Copies the list. */
  public ExportedEvent {
    changes = List.copyOf(changes);
  }

  /**
   * An address with the salt of its commitment.
   *
   * @param value the address
   * @param salt 16 bytes, hexadecimal
   */
  public record Source(String value, String salt) {}

  /**
   * Writes an event.
   *
   * @param event the event
   */
  public static ExportedEvent of(AuditEvent event) {
    AuditEvent.Act act = event.act();
    AuditEvent.Personal source = event.source();
    Bytes commitment = event.sourceCommitment();
    return new ExportedEvent(
        TYPE,
        event.chain().text(),
        event.number(),
        event.id().text(),
        event.at(),
        act.action(),
        new Reference(act.actor().kind().code(), act.actor().id()),
        new Reference(act.target().kind(), act.target().id()),
        act.requestId().orElse(null),
        act.changes().stream()
            .map(change ->
                new AuditEventAnswer.Change(change.name(), change.before(), change.after()))
            .toList(),
        commitment == null ? null : commitment.hex(),
        source == null ? null : new Source(source.value(), source.salt().hex()),
        event.previousHash().hex(),
        event.hash().hex());
  }

  /**
   * Returns the event; whether it is what its hash says is not looked at.
   *
   * @throws IllegalArgumentException if it is no event
   */
  public AuditEvent toEvent() {
    if (!type.equals(TYPE) || number < 1) {
      throw new IllegalArgumentException("this is no event");
    }
    return new AuditEvent(
        new EventId(id),
        new AuditChain(chain),
        number,
        at,
        new AuditEvent.Act(
            action,
            new Actor(
                Actor.Kind.of(actor.kind())
                    .orElseThrow(() -> new IllegalArgumentException("this is no actor")),
                actor.id()),
            new AuditEvent.Target(target.kind(), target.id()),
            Optional.ofNullable(requestId),
            changes.stream()
                .map(
                    change -> new AuditEvent.Change(change.name(), change.before(), change.after()))
                .toList()),
        sourceCommitment == null ? null : bytes(sourceCommitment),
        source == null ? null : new AuditEvent.Personal(bytes(source.salt()), source.value()),
        bytes(previousHash),
        bytes(hash));
  }

  private static Bytes bytes(String hex) {
    return Bytes.of(HexFormat.of().parseHex(hex));
  }
}
