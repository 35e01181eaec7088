package io.bitting.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.SeededRandom;
import io.bitting.id.EventId;
import io.bitting.id.OrganizationId;
import io.bitting.seal.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Row F16 of the threats, for one event: whatever is changed in it is found. */
final class AuditChainTest {
  private static final AuditChain CHAIN = AuditChain.of(new OrganizationId("Org0000000Bb"));
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");
  private static final AuditEvent.Act ACT =
      new AuditEvent.Act(
          "key.created",
          new Actor(Actor.Kind.KEY, "4fT9xQ2mZp7B"),
          new AuditEvent.Target("key", "zzzzzzzzzzzz"),
          Optional.of("req-1"),
          List.of(
              new AuditEvent.Change("name", null, "nightly"),
              new AuditEvent.Change("state", "active", null)));

  @Test
  void next_severalTimes_chainsFromZeros() {
    SeededRandom random = new SeededRandom(1);
    AuditEvent first =
        CHAIN.next(AuditChain.Head.empty(), AT, ACT, Optional.of("192.0.2.7"), random);
    AuditEvent second =
        CHAIN.next(new AuditChain.Head(1, first.hash()), AT, ACT, Optional.empty(), random);

    assertThat(first.number()).isEqualTo(1);
    assertThat(first.previousHash()).isEqualTo(Bytes.zeros(32));
    assertThat(second.number()).isEqualTo(2);
    assertThat(second.previousHash()).isEqualTo(first.hash());
    assertThat(second.hash()).isNotEqualTo(first.hash());
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(CHAIN.isWhole(first)).isTrue();
    assertThat(CHAIN.isWhole(second)).isTrue();
    assertThat(second.source()).isNull();
    assertThat(second.sourceCommitment()).isNull();
  }

  @Test
  void isWhole_anyPartChanged_isFalse() {
    AuditEvent event = event();
    for (AuditEvent changed : changed(event)) {
      assertThat(CHAIN.isWhole(changed)).as("%s", changed).isFalse();
    }
  }

  @Test
  void isWhole_ofAnotherChain_isFalse() {
    AuditEvent event = event();
    AuditChain other = AuditChain.of(new OrganizationId("Org0000000Cc"));
    assertThat(other.isWhole(event)).isFalse();
    assertThat(other.isWhole(moved(event, other))).isFalse();
    assertThat(AuditChain.INSTALLATION.isWhole(moved(event, AuditChain.INSTALLATION))).isFalse();
  }

  /** Erasing a person keeps the chain whole; putting another in the place does not. */
  @Test
  void isWhole_theSourceErased_isTrueAndExchangedIsFalse() {
    AuditEvent event = event();
    assertThat(CHAIN.isWhole(with(event, event.sourceCommitment(), null))).isTrue();
    AuditEvent.Personal other = new AuditEvent.Personal(event.source().salt(), "192.0.2.8");
    assertThat(CHAIN.isWhole(with(event, event.sourceCommitment(), other))).isFalse();
    AuditEvent.Personal salted = new AuditEvent.Personal(Bytes.zeros(16), event.source().value());
    assertThat(CHAIN.isWhole(with(event, event.sourceCommitment(), salted))).isFalse();
    assertThat(CHAIN.isWhole(with(event, null, null))).isFalse();
    assertThat(CHAIN.isWhole(with(event, null, event.source()))).isFalse();
  }

  /** The same address twice is committed to differently: the commitment cannot be looked up. */
  @Test
  void next_theSameSourceTwice_hasAnotherCommitment() {
    SeededRandom random = new SeededRandom(2);
    AuditEvent first =
        CHAIN.next(AuditChain.Head.empty(), AT, ACT, Optional.of("192.0.2.7"), random);
    AuditEvent second =
        CHAIN.next(AuditChain.Head.empty(), AT, ACT, Optional.of("192.0.2.7"), random);
    assertThat(first.sourceCommitment()).isNotEqualTo(second.sourceCommitment());
    assertThat(first.source().salt().toArray()).hasSize(16);
  }

  private static AuditEvent event() {
    return CHAIN.next(
        new AuditChain.Head(4, Bytes.of(new byte[] {1})),
        AT,
        ACT,
        Optional.of("192.0.2.7"),
        new SeededRandom(3));
  }

  private static List<AuditEvent> changed(AuditEvent e) {
    List<AuditEvent> changed = new ArrayList<>();
    changed.add(copy(new EventId("zzzzzzzzzzzz"), e.number(), e.at(), e.act(), e));
    changed.add(copy(e.id(), e.number() + 1, e.at(), e.act(), e));
    changed.add(copy(e.id(), e.number(), e.at().plusMillis(1), e.act(), e));
    AuditEvent.Act act = e.act();
    for (AuditEvent.Act other :
        List.of(
            act("key.revoked", act.actor(), act.target(), act.requestId(), act.changes()),
            act(
                act.action(),
                new Actor(Actor.Kind.MEMBER, act.actor().id()),
                act.target(),
                act.requestId(),
                act.changes()),
            act(
                act.action(),
                new Actor(Actor.Kind.KEY, "x"),
                act.target(),
                act.requestId(),
                act.changes()),
            act(
                act.action(),
                act.actor(),
                new AuditEvent.Target("api", act.target().id()),
                act.requestId(),
                act.changes()),
            act(
                act.action(),
                act.actor(),
                new AuditEvent.Target("key", "x"),
                act.requestId(),
                act.changes()),
            act(act.action(), act.actor(), act.target(), Optional.empty(), act.changes()),
            act(act.action(), act.actor(), act.target(), Optional.of("req-2"), act.changes()),
            act(act.action(), act.actor(), act.target(), act.requestId(), List.of()),
            act(
                act.action(),
                act.actor(),
                act.target(),
                act.requestId(),
                act.changes().subList(0, 1)),
            act(
                act.action(),
                act.actor(),
                act.target(),
                act.requestId(),
                List.of(act.changes().get(1), act.changes().get(0))),
            act(
                act.action(),
                act.actor(),
                act.target(),
                act.requestId(),
                List.of(new AuditEvent.Change("name", "", "nightly"), act.changes().get(1))),
            act(
                act.action(),
                act.actor(),
                act.target(),
                act.requestId(),
                List.of(new AuditEvent.Change("name", "nightly", null), act.changes().get(1))))) {
      changed.add(copy(e.id(), e.number(), e.at(), other, e));
    }
    changed.add(
        new AuditEvent(
            e.id(),
            e.chain(),
            e.number(),
            e.at(),
            e.act(),
            e.sourceCommitment(),
            e.source(),
            Bytes.zeros(32),
            e.hash()));
    changed.add(
        new AuditEvent(
            e.id(),
            e.chain(),
            e.number(),
            e.at(),
            e.act(),
            e.sourceCommitment(),
            e.source(),
            e.previousHash(),
            Bytes.zeros(32)));
    return changed;
  }

  private static AuditEvent.Act act(
      String action,
      Actor actor,
      AuditEvent.Target target,
      Optional<String> requestId,
      List<AuditEvent.Change> changes) {
    return new AuditEvent.Act(action, actor, target, requestId, changes);
  }

  private static AuditEvent copy(
      EventId id, long number, Instant at, AuditEvent.Act act, AuditEvent e) {
    return new AuditEvent(
        id,
        e.chain(),
        number,
        at,
        act,
        e.sourceCommitment(),
        e.source(),
        e.previousHash(),
        e.hash());
  }

  private static AuditEvent with(AuditEvent e, Bytes commitment, AuditEvent.Personal source) {
    return new AuditEvent(
        e.id(),
        e.chain(),
        e.number(),
        e.at(),
        e.act(),
        commitment,
        source,
        e.previousHash(),
        e.hash());
  }

  private static AuditEvent moved(AuditEvent e, AuditChain chain) {
    return new AuditEvent(
        e.id(),
        chain,
        e.number(),
        e.at(),
        e.act(),
        e.sourceCommitment(),
        e.source(),
        e.previousHash(),
        e.hash());
  }
}
