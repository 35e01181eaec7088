package io.bitting.server.review;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.Json;
import io.bitting.id.KeyId;
import io.bitting.key.KeyState;
import io.bitting.key.Revocation;
import io.bitting.key.RevocationReason;
import io.bitting.organization.Organization;
import io.bitting.seal.Sealed;
import io.bitting.server.keys.Revoking;
import io.bitting.server.upkeep.Chore;
import io.bitting.server.upkeep.Sweep;
import io.bitting.store.KeyFilter;
import io.bitting.store.KeyRow;
import io.bitting.store.Reader;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import io.bitting.usage.KeyUse;
import io.bitting.usage.LastUse;
import io.bitting.usage.UsageReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Revokes keys that nobody used for as long as their organization's policy says, with notice in the
 * audit {@value #NOTICE_DAYS} days before.
 *
 * <p>A key is left alone while a part of the record of that time is lost, since nobody can say that
 * it was not used; while a decision of a review keeps it; and until its notice has stood for its
 * time, however long it was idle before. A use of the last few seconds may not be recorded yet.
 */
public final class RevokeUnusedKeys implements Chore {
  /** What the audit calls the notice. */
  static final String NOTICE = "key.unused_notice";

  private static final int NOTICE_DAYS = 7;
  private static final Duration NOTICE_FOR = Duration.ofDays(NOTICE_DAYS);

  private final Sweep sweep;
  private final UsageReader usage;

  /**
   * Makes the chore.
   *
   * @param store has the keys
   * @param usage tells whether they were used
   */
  public RevokeUnusedKeys(Store store, UsageReader usage) {
    this.sweep = new Sweep(store, this);
    this.usage = usage;
  }

  @Override
  public String name() {
    return "revoke-unused-keys";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run(Instant now) {
    sweep.organizations(organization ->
        organization
            .policy()
            .revokeUnusedAfter()
            .ifPresent(unused -> run(organization, unused, now)));
  }

  private void run(Organization organization, Duration unused, Instant now) {
    Instant idleBy = now.minus(unused).plus(NOTICE_FOR);
    for (KeyRow row : sweep.keys(organization, KeyFilter.all(now))) {
      boolean old = !row.key().createdAt().isAfter(idleBy);
      if (isLive(row, now) && old) {
        Instant since = idleSince(row, now.minus(unused), now);
        if (!since.isAfter(idleBy)) {
          sweep.change(
              row.key().id(), (writer, own, found) -> step(writer, own, found, since, now));
        }
      }
    }
  }

  /** Disabled keys are looked at too: nobody uses them, and they can be enabled any time. */
  private static boolean isLive(KeyRow row, Instant now) {
    return row.key().state() != KeyState.REVOKED
        && row.expiresAt().filter(at -> !now.isBefore(at)).isEmpty();
  }

  /** Since when it was surely not used; what happened in a time whose record is lost counts. */
  private Instant idleSince(KeyRow row, Instant from, Instant now) {
    KeyUse recorded = usage.use(row.key().id(), from, now);
    if (!recorded.complete()) {
      return now;
    }
    Instant created = row.key().createdAt();
    return recorded.last().map(LastUse::at).filter(at -> at.isAfter(created)).orElse(created);
  }

  private void step(
      Writer writer, Organization organization, KeyRow row, Instant since, Instant now) {
    KeyId id = row.key().id();
    Optional<Duration> unused = organization.policy().revokeUnusedAfter();
    boolean kept =
        writer
            .reviewDecision(id)
            .flatMap(Sealed::intact)
            .filter(decision -> decision.keepsAt(now))
            .isPresent();
    if (unused.isEmpty() || !isLive(row, now) || kept) {
      return;
    }
    Optional<Instant> noticed = noticed(writer, row).filter(at -> at.isAfter(since));
    if (noticed.isEmpty()) {
      notice(writer, row, since, later(since.plus(unused.get()), now.plus(NOTICE_FOR)));
    } else if (!now.isBefore(since.plus(unused.get()))
        && !now.isBefore(noticed.get().plus(NOTICE_FOR))) {
      revoke(writer, row, since, now);
    }
  }

  private static Optional<Instant> noticed(Reader reader, KeyRow row) {
    return reader
        .auditEvents(
            AuditChain.of(row.key().organization()),
            new Reader.AuditFilter(
                Optional.of(NOTICE), Optional.empty(), Optional.of(row.key().id().text())),
            Optional.empty(),
            1)
        .stream()
        .findFirst()
        .map(AuditEvent::at);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private void notice(Writer writer, KeyRow row, Instant since, Instant revokedAt) {
    sweep.audit(
        writer,
        row,
        NOTICE,
        List.of(
            new AuditEvent.Change("unused_since", null, Json.time(since)),
            new AuditEvent.Change("revoked_at", null, Json.time(revokedAt))));
  }

  private void revoke(Writer writer, KeyRow row, Instant since, Instant now) {
    List<AuditEvent.Change> changes = new ArrayList<>();
    Revoking.revoke(writer, row.key(), now, new Revocation(RevocationReason.UNUSED, ""), changes);
    changes.add(new AuditEvent.Change("unused_since", null, Json.time(since)));
    sweep.audit(writer, row, Revoking.ACTION, changes);
  }
}
