package io.bitting.audit;

import java.util.List;
import java.util.Optional;

/**
 * What came of checking an audit chain.
 *
 * @param chain the chain; empty if there was nothing to tell it by
 * @param events how many events there were
 * @param checkpoints how many checkpoints there were that the key has signed
 * @param first the number of the first event, 0 if there is none
 * @param last the number of the last event that a checkpoint vouches for, 0 if there is none
 * @param findings everything that is wrong; empty if the chain is whole
 */
public record AuditVerification(
    Optional<AuditChain> chain,
    long events,
    long checkpoints,
    long first,
    long last,
    List<AuditFinding> findings) {
  /** Copies the list. */
  public AuditVerification {
    findings = List.copyOf(findings);
  }

  /** Tells whether nothing is wrong. */
  public boolean isWhole() {
    return findings.isEmpty();
  }
}
