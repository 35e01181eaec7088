package io.bitting.server.usage;

import io.bitting.access.DenialReason;
import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.id.OrganizationId;
import io.bitting.organization.Organization;
import io.bitting.seal.Sealed;
import io.bitting.server.upkeep.Chore;
import io.bitting.store.Reader;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import io.bitting.usage.UsageLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the usage ledger in bounds: puts old hours together to days, and forgets what an
 * organization's policy no longer keeps. Writes into each organization's audit what was refused to
 * its keys on the day before, in sums by reason ({@code checks.denied}), and what was forgotten
 * ({@code usage.forgotten}).
 */
public final class LedgerUpkeep implements Chore {
  /** How long hours stay hours. */
  static final Duration HOURS_KEPT = Duration.ofDays(8);

  private static final String DENIED = "checks.denied";
  private static final String FORGOTTEN = "usage.forgotten";
  private static final String NAME = "usage-ledger";
  private static final Actor ITSELF = new Actor(Actor.Kind.CHORE, NAME);

  private final UsageLedger ledger;
  private final Store store;

  /**
   * Makes it.
   *
   * @param ledger the ledger
   * @param store has the organizations, their policies and their audit
   */
  public LedgerUpkeep(UsageLedger ledger, Store store) {
    this.ledger = ledger;
    this.store = store;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run(Instant now) {
    ledger.rollUp(now.minus(HOURS_KEPT).truncatedTo(ChronoUnit.DAYS));
    LocalDate yesterday = now.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(1);
    for (OrganizationId organization : ledger.organizations()) {
      record(organization, yesterday);
      forget(organization, now);
    }
  }

  private void record(OrganizationId organization, LocalDate day) {
    Map<DenialReason, Long> denials = ledger.denials(organization, day);
    if (denials.isEmpty()) {
      return;
    }
    List<AuditEvent.Change> changes = new ArrayList<>();
    changes.add(new AuditEvent.Change("day", null, day.toString()));
    denials.forEach((reason, count) ->
        changes.add(new AuditEvent.Change(reason.code(), null, String.valueOf(count))));
    store.write(writer -> {
      // The lock keeps two nodes from writing it twice.
      boolean due =
          writer.lockOrganization(organization).flatMap(Sealed::intact).isPresent()
              && !isRecorded(writer, organization, day);
      if (due) {
        audit(writer, organization, DENIED, changes);
      }
      return due;
    });
  }

  /** The event of a day is written on the days after it, and is the newest of its action. */
  private static boolean isRecorded(Reader reader, OrganizationId organization, LocalDate day) {
    return reader
        .auditEvents(
            AuditChain.of(organization),
            new Reader.AuditFilter(Optional.of(DENIED), Optional.empty(), Optional.empty()),
            Optional.empty(),
            1)
        .stream()
        .flatMap(event -> event.act().changes().stream())
        .anyMatch(change -> change.name().equals("day") && day.toString().equals(change.after()));
  }

  /**
   * What is to be forgotten is written down first: that something was forgotten of which nobody
   * knows must not be.
   */
  private void forget(OrganizationId id, Instant now) {
    Optional<Organization> organization =
        store.read(reader -> reader.organization(id).flatMap(Sealed::intact));
    if (organization.isEmpty()) {
      return;
    }
    Instant before =
        now.minus(organization.get().policy().usageKept()).truncatedTo(ChronoUnit.DAYS);
    if (!ledger.hasBefore(id, before)) {
      return;
    }
    store.write(writer -> {
      // Another node may have forgotten it meanwhile.
      boolean due = writer.lockOrganization(id).isPresent() && ledger.hasBefore(id, before);
      if (due) {
        audit(
            writer,
            id,
            FORGOTTEN,
            List.of(new AuditEvent.Change("before", null, before.toString())));
      }
      return due;
    });
    ledger.forget(id, before);
  }

  private static void audit(
      Writer writer, OrganizationId organization, String action, List<AuditEvent.Change> changes) {
    writer.audit(
        AuditChain.of(organization),
        new AuditEvent.Act(
            action,
            ITSELF,
            new AuditEvent.Target("organization", organization.text()),
            Optional.empty(),
            changes),
        Optional.empty());
  }
}
