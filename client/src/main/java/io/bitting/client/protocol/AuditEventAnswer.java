package io.bitting.client.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An audit event.
 *
 * @param id names it
 * @param number its place in its chain, from 1
 * @param at when it happened
 * @param action what was done, {@code key.created}
 * @param actor who did it
 * @param target what it was done to
 * @param source the address that it came from; null if from none, or erased
 * @param requestId the request; null if it came by none
 * @param changes the parts that changed
 * @param previousHash the hash of the event before it, hexadecimal
 * @param hash the hash of this one, hexadecimal
 */
public record AuditEventAnswer(
    String id,
    long number,
    Instant at,
    String action,
    Reference actor,
    Reference target,
    @Nullable String source,
    @Nullable String requestId,
    List<Change> changes,
    String previousHash,
    String hash) {
  /** Copies the list. */
  public AuditEventAnswer {
    changes = List.copyOf(changes);
  }

  /**
   * One part that changed.
   *
   * @param name the part
   * @param before its value before; null if there was none
   * @param after its value after; null if there is none
   */
  public record Change(String name, @Nullable String before, @Nullable String after) {}
}
