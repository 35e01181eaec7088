package io.bitting.server.review;

import io.bitting.client.protocol.RightSizeAnswer;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.key.Key;
import io.bitting.organization.Organization;
import io.bitting.seal.Sealed;
import io.bitting.store.KeyFilter;
import io.bitting.store.KeyRow;
import io.bitting.store.Reader;
import io.bitting.store.ReviewDecision;
import io.bitting.store.Store;
import io.bitting.store.StoreException;
import io.bitting.usage.UsageReader;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Judges the keys of an organization by their rows and their recorded use, some hundred at a time:
 * the rows in a reading transaction of their own, the use after it.
 *
 * <p>Thread-safe. Blocks.
 */
final class Judging {
  private static final int KEYS_AT_A_TIME = 500;

  private final Store store;
  private final UsageReader usage;

  Judging(Store store, UsageReader usage) {
    this.store = store;
    this.usage = usage;
  }

  /** Some keys, and where the next ones begin. */
  private record Part(Review review, Optional<KeyFilter.After> next) {}

  /**
   * Judges all keys, part by part.
   *
   * @param organization whose
   * @param period the use that counts
   * @param now the time
   * @param into takes what was found of each part
   * @throws StoreException if it cannot be read, or the thread is to end
   */
  void all(OrganizationId organization, Period period, Instant now, Consumer<Findings> into) {
    Optional<KeyFilter.After> after = Optional.empty();
    do {
      if (Thread.currentThread().isInterrupted()) {
        throw new StoreException("the review of " + organization + " was interrupted");
      }
      Optional<KeyFilter.After> begin = after;
      Part part = store.read(reader -> part(reader, organization, begin, now));
      into.accept(part.review().judge(usage, period));
      after = part.next();
    } while (after.isPresent());
  }

  private static Part part(
      Reader reader, OrganizationId id, Optional<KeyFilter.After> begin, Instant now) {
    List<Sealed<KeyRow>> rows = reader.keys(id, KeyFilter.all(now), begin, KEYS_AT_A_TIME);
    Optional<KeyFilter.After> next = Optional.empty();
    if (rows.size() == KEYS_AT_A_TIME) {
      Key last = rows.getLast().unchecked().key();
      next = Optional.of(new KeyFilter.After(last.createdAt(), last.id()));
    }
    return new Part(new Review(reader, organization(reader, id), rows, now), next);
  }

  /**
   * Judges some keys; what is none of the organization's is left out.
   *
   * @param organization whose
   * @param keys which, some hundred at most
   * @param period the use that counts
   * @param now the time
   */
  Findings some(OrganizationId organization, Collection<KeyId> keys, Period period, Instant now) {
    return review(organization, keys, now).judge(usage, period);
  }

  /**
   * Works out for some keys, by id, the least grant that would have been enough; what is none of
   * the organization's, or gone, is left out.
   *
   * @param organization whose
   * @param keys which, some hundred at most
   * @param period the use that counts
   * @param now the time
   */
  Map<String, RightSizeAnswer> sizes(
      OrganizationId organization, Collection<KeyId> keys, Period period, Instant now) {
    return review(organization, keys, now).sizes(usage, period);
  }

  private Review review(OrganizationId organization, Collection<KeyId> keys, Instant now) {
    return store.read(reader ->
        new Review(
            reader,
            organization(reader, organization),
            reader.keys(keys).stream()
                .filter(row -> row.unchecked().key().organization().equals(organization))
                .toList(),
            now));
  }

  /** Returns the latest decisions since a time, some hundred at most. */
  List<ReviewDecision> decidedSince(OrganizationId organization, Instant since) {
    return store.read(reader ->
        reader.reviewDecisions(organization, since, KEYS_AT_A_TIME).stream()
            .flatMap(row -> row.intact().stream())
            .toList());
  }

  /** Tells whether an organization has more keys than that, whatever their state. */
  boolean hasMoreThan(int count, OrganizationId organization) {
    return store
        .<Optional<KeyFilter.After>>read(
            reader -> reader.keyPlace(organization, Optional.empty(), count + 1))
        .isPresent();
  }

  private static Organization organization(Reader reader, OrganizationId id) {
    return reader
        .organization(id)
        .flatMap(Sealed::intact)
        .orElseThrow(() -> new StoreException("organization " + id + " is not intact"));
  }
}
