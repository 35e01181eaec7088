package io.bitting.audit;

import io.bitting.id.EventId;
import io.bitting.id.OrganizationId;
import io.bitting.seal.Bytes;
import io.bitting.seal.Canonical;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One sequence of audit events: an organization's, or the installation's.
 *
 * <p><b>Security guarantees.</b> An event cannot be altered, removed, inserted or moved without the
 * hash of every later one changing. Not given: the end of a chain can be cut off unseen unless its
 * head is kept elsewhere.
 *
 * @param text the organization's id, or {@code installation}
 */
public record AuditChain(String text) {
  /** The installation's own chain. */
  public static final AuditChain INSTALLATION = new AuditChain("installation");

  private static final int SALT_LENGTH = 16;
  private static final int HASH_LENGTH = 32;

  /**
   * Where a chain stands.
   *
   * @param number the number of its last event, 0 if it has none
   * @param hash the hash of its last event, 32 zero bytes if it has none
   */
  public record Head(long number, Bytes hash) {
    /** Returns the head of a chain without events. */
    public static Head empty() {
      return new Head(0, Bytes.zeros(HASH_LENGTH));
    }
  }

  /**
   * Returns the chain of an organization.
   *
   * @param organization the organization
   */
  public static AuditChain of(OrganizationId organization) {
    return new AuditChain(organization.text());
  }

  /**
   * Makes the next event of this chain.
   *
   * @param head where the chain stands
   * @param at when it happened
   * @param act what was done
   * @param source where it came from, if it came from an address
   * @param random gives the id and the salt
   */
  public AuditEvent next(
      Head head, Instant at, AuditEvent.Act act, Optional<String> source, SecureRandom random) {
    AuditEvent.@Nullable Personal personal = null;
    @Nullable Bytes commitment = null;
    if (source.isPresent()) {
      byte[] salt = new byte[SALT_LENGTH];
      random.nextBytes(salt);
      personal = new AuditEvent.Personal(Bytes.of(salt), source.get());
      commitment = commitment("source", personal);
    }
    EventId id = EventId.generate(random);
    Bytes hash = hash(id, head.number() + 1, at, act, commitment, head.hash());
    return new AuditEvent(
        id, this, head.number() + 1, at, act, commitment, personal, head.hash(), hash);
  }

  /**
   * Tells whether an event is what its hash says, and its erasable part what its commitment says.
   *
   * @param event an event of this chain
   */
  public boolean isWhole(AuditEvent event) {
    Bytes hash =
        hash(
            event.id(),
            event.number(),
            event.at(),
            event.act(),
            event.sourceCommitment(),
            event.previousHash());
    AuditEvent.Personal source = event.source();
    Bytes commitment = event.sourceCommitment();
    boolean committed =
        source == null || (commitment != null && commitment("source", source).equals(commitment));
    return committed && event.chain().equals(this) && hash.equals(event.hash());
  }

  private static Bytes commitment(String field, AuditEvent.Personal personal) {
    return Canonical.of("audit-commitment")
        .bytes(personal.salt())
        .text(field)
        .text(personal.value())
        .sha256();
  }

  private Bytes hash(
      EventId id,
      long number,
      Instant at,
      AuditEvent.Act act,
      @Nullable Bytes commitment,
      Bytes previousHash) {
    Canonical form =
        Canonical.of("audit-event")
            .bytes(previousHash)
            .text(text)
            .number(number)
            .text(id.text())
            .time(at)
            .text(act.action())
            .text(act.actor().kind().code())
            .text(act.actor().id())
            .text(act.target().kind())
            .text(act.target().id())
            .text(act.requestId().orElse(null))
            .bytes(commitment)
            .number(act.changes().size());
    for (AuditEvent.Change change : act.changes()) {
      form.text(change.name()).text(change.before()).text(change.after());
    }
    return form.sha256();
  }

  @Override
  public String toString() {
    return text;
  }
}
