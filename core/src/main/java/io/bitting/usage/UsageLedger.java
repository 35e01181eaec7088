package io.bitting.usage;

import io.bitting.access.DenialReason;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps what keys were used for. Each node of an installation has one, and all write to the same
 * store.
 *
 * <p>Thread-safe. Blocks. Every method throws {@link io.bitting.store.StoreException} if storage
 * fails; nothing was changed then, unless it says otherwise.
 */
public interface UsageLedger extends UsageReader {

  /** The greatest number of counts in a batch. */
  int BATCH_MAX = 2_000;

  /**
   * Counts that are written together, or not at all.
   *
   * @param number 1 for the first of a node, one more with each
   * @param harvest at most {@link #BATCH_MAX} counts, and what was lost
   * @param until everything that this node counted before this moment is in this batch or an
   *     earlier one
   */
  record Batch(long number, Harvest harvest, Instant until) {}

  /**
   * Takes note that this node begins to count. What nodes counted that ended without a word is
   * marked as lost.
   *
   * @param now the time
   */
  void begin(Instant now);

  /**
   * Writes a batch. Writing it once more changes nothing, so that one of which nobody can say
   * whether it was written may be repeated.
   *
   * @param batch of this node
   */
  void write(Batch batch);

  /**
   * Takes note that this node counts no more, and that all it counted is in the ledger.
   *
   * @param now the time
   */
  void end(Instant now);

  /**
   * Puts hours together to days. May fail halfway: what was done stays, and the rest is done by
   * another call.
   *
   * @param before hours that began before this moment
   */
  void rollUp(Instant before);

  /** Returns the organizations of which anything is recorded. */
  Set<OrganizationId> organizations();

  /**
   * Tells whether there is something for {@link #forget} to forget.
   *
   * @param organization the organization
   * @param before as there
   */
  boolean hasBefore(OrganizationId organization, Instant before);

  /**
   * Forgets what an organization's keys were used for. When they were last used stays; from where
   * does not. A window that reaches back further counts as incomplete from now on.
   *
   * @param organization the organization
   * @param before what was counted on days that ended before this moment
   */
  void forget(OrganizationId organization, Instant before);

  /**
   * Returns how often a key was checked, hour by hour where the ledger still has hours, else day by
   * day; in order, without those in which it was not.
   *
   * @param key the key
   * @param from the beginning of the window, rounded as by {@link #use}
   * @param until its end, exclusive, rounded as by {@link #use}
   */
  List<Tally> tallies(KeyId key, Instant from, Instant until);

  /**
   * Returns how often keys of an organization were refused on a day.
   *
   * @param organization the organization
   * @param day the day, UTC
   */
  Map<DenialReason, Long> denials(OrganizationId organization, LocalDate day);
}
