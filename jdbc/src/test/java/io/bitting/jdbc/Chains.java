package io.bitting.jdbc;

import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.store.Reader.AuditFilter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Audit chains in tests. */
final class Chains {
  private Chains() {}

  static AuditEvent.Act act() {
    return new AuditEvent.Act(
        "key.revoked",
        new Actor(Actor.Kind.OPERATOR, "test"),
        new AuditEvent.Target("key", "k1"),
        Optional.of("request-1"),
        List.of(new AuditEvent.Change("state", "active", "revoked")));
  }

  /** Appends events to a chain. */
  static void append(World world, AuditChain chain, int count) {
    for (int i = 0; i < count; i++) {
      world.write(writer -> writer.audit(chain, act(), Optional.of("192.0.2.7")));
    }
  }

  /** Tells of each event of a chain, the oldest first, whether it is what its hash says. */
  static List<Boolean> wholeness(World world, AuditChain chain) {
    List<AuditEvent> events =
        world
            .storage
            .store()
            .<List<AuditEvent>>read(
                reader -> reader.auditEvents(chain, AuditFilter.all(), Optional.empty(), 100));
    List<Boolean> whole = new ArrayList<>(events.stream().map(chain::isWhole).toList());
    Collections.reverse(whole);
    return whole;
  }
}
