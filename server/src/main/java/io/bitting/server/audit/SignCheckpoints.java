package io.bitting.server.audit;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditCheckpoint;
import io.bitting.audit.AuditEvent;
import io.bitting.server.upkeep.Chore;
import io.bitting.store.Reader;
import io.bitting.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Signs once a day where each chain stands that has moved since. */
public final class SignCheckpoints implements Chore {
  private static final Duration DAY = Duration.ofDays(1);

  private final Store store;

  /**
   * Makes the chore.
   *
   * @param store has the chains
   */
  public SignCheckpoints(Store store) {
    this.store = store;
  }

  @Override
  public String name() {
    return "audit-checkpoints";
  }

  /** More often than it signs, since a server that is started each day would never come to it. */
  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run(Instant now) {
    sign(AuditChain.INSTALLATION, now);
    Chains.each(store, organization -> sign(AuditChain.of(organization.id()), now));
  }

  private void sign(AuditChain chain, Instant now) {
    if (store.<Boolean>read(reader -> isDue(reader, chain, now))) {
      store.write(
          writer -> isDue(writer, chain, now) ? writer.checkpoint(chain) : Optional.empty());
    }
  }

  private static boolean isDue(Reader reader, AuditChain chain, Instant now) {
    List<AuditEvent> last =
        reader.auditEvents(chain, Reader.AuditFilter.all(), Optional.empty(), 1);
    if (last.isEmpty()) {
      return false;
    }
    Optional<AuditCheckpoint> newest =
        reader.auditCheckpoints(chain, Optional.empty(), 1).stream().findFirst();
    return newest.isEmpty()
        || (newest.get().number() < last.get(0).number()
            && !now.isBefore(newest.get().at().plus(DAY)));
  }
}
