package io.bitting.server.keys;

import io.bitting.audit.AuditEvent;
import io.bitting.key.KeySecret;
import io.bitting.store.Writer;
import java.time.Instant;
import java.util.List;

/** Ends the overlap of a rotation before its time. */
final class Overlaps {
  /** What the audit calls it. */
  static final String ENDED = "key.overlap_ended";

  private Overlaps() {}

  /** Ends a secret that is live still, and adds that to what changed. */
  static KeySecret end(
      Writer writer, KeySecret secret, Instant now, List<AuditEvent.Change> changes) {
    KeySecret ended = secret.ending(now, null);
    writer.updateSecret(ended);
    changes.add(new AuditEvent.Change("secret", String.valueOf(secret.number()), null));
    changes.add(
        new AuditEvent.Change(
            "secret_ends_at", String.valueOf(secret.expiresAt()), now.toString()));
    return ended;
  }
}
