package io.bitting.server.audit;

import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditCheckpoint;
import io.bitting.audit.AuditEvent;
import io.bitting.audit.AuditVerifier;
import io.bitting.organization.Organization;
import io.bitting.organization.Policy;
import io.bitting.server.upkeep.Chore;
import io.bitting.store.Reader;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Removes audit events that are older than their organization's policy keeps them: up to a signed
 * checkpoint, with an event that says so and a checkpoint of that. The installation's are kept.
 */
public final class CutChains implements Chore {
  private final Store store;
  private final Function<Organization, Policy> policies;

  /**
   * Makes the chore.
   *
   * @param store has the chains
   * @param policies tells how long an organization keeps its events
   */
  public CutChains(Store store, Function<Organization, Policy> policies) {
    this.store = store;
    this.policies = policies;
  }

  @Override
  public String name() {
    return "audit-retention";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run(Instant now) {
    Chains.each(store, organization -> cut(organization, now));
  }

  private void cut(Organization organization, Instant now) {
    AuditChain chain = AuditChain.of(organization.id());
    if (place(store, organization, chain, now).isPresent()) {
      store.write(writer -> {
        // Read again under the lock: the policy may have changed, or another node been faster.
        Optional<Instant> before =
            writer
                .lockOrganization(organization.id())
                .flatMap(row -> row.intact())
                .flatMap(own -> keptFrom(own, now));
        Optional<AuditCheckpoint> place = before.flatMap(from -> writer.auditCut(chain, from));
        place.ifPresent(checkpoint -> cut(writer, organization, checkpoint));
        return place;
      });
    }
  }

  private Optional<AuditCheckpoint> place(
      Store from, Organization organization, AuditChain chain, Instant now) {
    return keptFrom(organization, now)
        .flatMap(before ->
            from.<Optional<AuditCheckpoint>>read(reader -> reader.auditCut(chain, before)));
  }

  private Optional<Instant> keptFrom(Organization organization, Instant now) {
    return policies.apply(organization).auditKept().map(now::minus);
  }

  private static void cut(Writer writer, Organization organization, AuditCheckpoint checkpoint) {
    AuditChain chain = checkpoint.chain();
    List<AuditEvent> first =
        writer.auditEventsAfter(chain, Reader.AuditFilter.all(), 0, Long.MAX_VALUE, 1);
    long before = first.isEmpty() ? 0 : first.get(0).number() - 1;
    long gone = writer.cutAudit(checkpoint);
    writer.audit(
        chain,
        new AuditEvent.Act(
            AuditVerifier.CUT,
            new Actor(Actor.Kind.OPERATOR, "serve"),
            new AuditEvent.Target("organization", organization.id().text()),
            Optional.empty(),
            List.of(
                new AuditEvent.Change(
                    AuditVerifier.CUT_THROUGH,
                    before == 0 ? null : String.valueOf(before),
                    String.valueOf(checkpoint.number())),
                new AuditEvent.Change("events", String.valueOf(gone), "0"),
                new AuditEvent.Change("hash", null, checkpoint.hash().hex()))),
        Optional.empty());
    writer.checkpoint(chain);
  }
}
