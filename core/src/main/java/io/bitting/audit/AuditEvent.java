package io.bitting.audit;

import io.bitting.id.EventId;
import io.bitting.seal.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an audit chain.
 *
 * @param id names the event
 * @param chain the chain that it belongs to
 * @param number its place in the chain, from 1 without a gap
 * @param at when it happened
 * @param act what was done, by whom, to what
 * @param sourceCommitment the salted hash of where it came from, which stays when the address
 *     itself is erased; null if it came from no address
 * @param source where it came from, unless erased
 * @param previousHash the hash of the event before it; for the first, 32 zero bytes
 * @param hash SHA-256 of this event's canonical form, the previous hash included
 */
public record AuditEvent(
    EventId id,
    AuditChain chain,
    long number,
    Instant at,
    Act act,
    @Nullable Bytes sourceCommitment,
    @Nullable Personal source,
    Bytes previousHash,
    Bytes hash) {

  /**
   * What was done.
   *
   * @param action a word with a dot: {@code key.created}, {@code catalog.changed}
   * @param actor who did it
   * @param target what it was done to
   * @param requestId the request, if it came by one
   * @param changes the parts that changed
   */
  public record Act(
      String action, Actor actor, Target target, Optional<String> requestId, List<Change> changes) {
    /** Copies the list. */
    public Act {
      changes = List.copyOf(changes);
    }
  }

  /**
   * What something was done to.
   *
   * @param kind {@code key}, {@code organization}, {@code api}, {@code catalog}, {@code
   *     setup_code}, {@code member}, {@code invitation}, {@code person} or {@code signin}
   * @param id names it within its kind
   */
  public record Target(String kind, String id) {}

  /**
   * One part that changed.
   *
   * @param name the part
   * @param before its value before, null if there was none
   * @param after its value after, null if there is none
   */
  public record Change(String name, @Nullable String before, @Nullable String after) {}

  /**
   * A value that concerns a person and can be erased.
   *
   * @param salt 16 random bytes, erased with the value
   * @param value the value
   */
  public record Personal(Bytes salt, String value) {}
}
