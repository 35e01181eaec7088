package io.bitting.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bitting.audit.AuditFinding.Kind;
import io.bitting.fixtures.SeededRandom;
import io.bitting.id.OrganizationId;
import io.bitting.seal.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Row F16 of the threats, for what takes more than one alteration; each alteration by itself, at
 * many places, is tried on exports by the client's and the server's suites.
 */
final class AuditVerifierTest {
  private static final SeededRandom RANDOM = new SeededRandom(9);
  private static final AuditChain CHAIN = AuditChain.of(new OrganizationId("Org0000000Bb"));
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");
  private static final SigningKey KEY = SigningKey.generate(RANDOM);
  private static final List<AuditEvent> EVENTS = events(AuditChain.Head.empty(), 20, "key.created");
  private static final AuditCheckpoint AT_10 = sign(KEY, EVENTS.get(9));
  private static final AuditCheckpoint AT_20 = sign(KEY, EVENTS.get(19));

  private static List<AuditEvent> events(AuditChain.Head from, int count, String action) {
    List<AuditEvent> events = new ArrayList<>();
    AuditChain.Head head = from;
    for (int i = 0; i < count; i++) {
      AuditEvent event = event(head, action, List.of());
      events.add(event);
      head = head(event);
    }
    return events;
  }

  private static AuditEvent event(
      AuditChain.Head head, String action, List<AuditEvent.Change> changes) {
    return CHAIN.next(
        head,
        AT.plus(Duration.ofSeconds(head.number() % 1000)),
        new AuditEvent.Act(
            action,
            new Actor(Actor.Kind.KEY, "4fT9xQ2mZp7B"),
            new AuditEvent.Target("key", "zzzzzzzzzzzz"),
            Optional.empty(),
            changes),
        Optional.of("192.0.2.7"),
        RANDOM);
  }

  private static AuditChain.Head head(AuditEvent event) {
    return new AuditChain.Head(event.number(), event.hash());
  }

  private static AuditCheckpoint sign(SigningKey key, AuditEvent event) {
    return key.sign(event.chain(), head(event), event.at());
  }

  private static AuditVerification verify(
      List<AuditEvent> events, List<AuditCheckpoint> checkpoints, AuditCheckpoint... against) {
    AuditVerifier verifier = new AuditVerifier(List.of(KEY.verifying()));
    long line = 1;
    for (AuditEvent event : events) {
      verifier.event(line++, event);
    }
    for (AuditCheckpoint checkpoint : checkpoints) {
      verifier.checkpoint(line++, checkpoint);
    }
    for (AuditCheckpoint checkpoint : against) {
      verifier.against(checkpoint);
    }
    return verifier.finish();
  }

  private static AuditEvent altered(AuditEvent event) {
    AuditEvent.Act act = event.act();
    return new AuditEvent(
        event.id(),
        event.chain(),
        event.number(),
        event.at(),
        new AuditEvent.Act(
            "key.revoked", act.actor(), act.target(), act.requestId(), act.changes()),
        event.sourceCommitment(),
        event.source(),
        event.previousHash(),
        event.hash());
  }

  @Test
  void finish_ofAWholeChain_findsNothing() {
    assertThat(verify(EVENTS, List.of(AT_10, AT_20), AT_10))
        .isEqualTo(new AuditVerification(Optional.of(CHAIN), 20, 2, 1, 20, List.of()));
  }

  @Test
  void finish_ofNothing_findsNothing_andHasNoEvents() {
    assertThat(verify(List.of(), List.of()))
        .isEqualTo(new AuditVerification(Optional.empty(), 0, 0, 0, 0, List.of()));
  }

  @Test
  void finish_severalDamages_namesEach() {
    List<AuditEvent> events = new ArrayList<>(EVENTS);
    events.set(3, altered(events.get(3)));
    events.set(6, altered(events.get(6)));
    Collections.swap(events, 11, 14);
    events.remove(17);
    assertThat(verify(events, List.of(AT_20)).findings())
        .extracting(AuditFinding::kind, AuditFinding::first, AuditFinding::last)
        .containsExactly(
            tuple(Kind.ALTERED, 4L, 4L),
            tuple(Kind.ALTERED, 7L, 7L),
            tuple(Kind.REORDERED, 12L, 12L),
            tuple(Kind.REORDERED, 15L, 15L),
            tuple(Kind.REMOVED, 18L, 18L));
  }

  @Test
  void finish_finding_tellsNumberIdAndLine() {
    List<AuditEvent> events = new ArrayList<>(EVENTS);
    events.set(3, altered(events.get(3)));
    AuditFinding finding = verify(events, List.of(AT_20)).findings().get(0);
    assertThat(finding.id()).contains(EVENTS.get(3).id().text());
    assertThat(finding.line()).isEqualTo(4);
    assertThat(finding.sentence())
        .isEqualTo(
            "event 4 (" + EVENTS.get(3).id() + ") was altered: it is not what its hash says");
  }

  @Test
  void finish_endCutOff_isFoundAgainstACheckpointFromElsewhere_andOnlySo() {
    List<AuditEvent> cut = EVENTS.subList(0, 10);
    assertThat(verify(cut, List.of(AT_10)).findings()).isEmpty();
    assertThat(verify(cut, List.of(AT_10), AT_20).findings())
        .extracting(AuditFinding::kind, AuditFinding::first, AuditFinding::last)
        .containsExactly(tuple(Kind.TRUNCATED, 11L, 20L));
  }

  /** Whoever rewrites everything and has the server sign it is found by what was signed before. */
  @Test
  void finish_wholeChainRewritten_isFoundAgainstACheckpointFromElsewhere() {
    List<AuditEvent> other = new ArrayList<>(EVENTS.subList(0, 5));
    other.addAll(events(head(other.get(4)), 15, "key.disabled"));
    AuditCheckpoint signed = sign(KEY, other.get(19));
    assertThat(verify(other, List.of(signed)).findings()).isEmpty();
    assertThat(verify(other, List.of(signed), AT_10).findings())
        .extracting(AuditFinding::kind, AuditFinding::first)
        .containsExactly(tuple(Kind.CHECKPOINT, 10L));
    assertThat(verify(other, List.of(signed), AT_20).findings())
        .extracting(AuditFinding::kind)
        .contains(Kind.CHECKPOINT, Kind.ALTERED);
  }

  @Test
  void finish_signedByAnotherKey_vouchesForNothing() {
    AuditCheckpoint forged = sign(SigningKey.generate(RANDOM), EVENTS.get(19));
    assertThat(verify(EVENTS, List.of(forged)).findings())
        .extracting(AuditFinding::kind)
        .containsExactlyInAnyOrder(Kind.CHECKPOINT, Kind.UNSIGNED);
    AuditCheckpoint disguised =
        new AuditCheckpoint(
            new AuditCheckpoint.Statement(
                CHAIN, 20, EVENTS.get(19).hash(), AT, KEY.verifying().id()),
            forged.signature());
    assertThat(verify(EVENTS, List.of(disguised)).findings())
        .extracting(AuditFinding::kind)
        .containsExactlyInAnyOrder(Kind.CHECKPOINT, Kind.UNSIGNED);
    assertThat(verify(EVENTS, List.of(AT_20), forged).findings())
        .extracting(AuditFinding::kind)
        .containsExactly(Kind.CHECKPOINT);
  }

  @Test
  void finish_againstACheckpointOfAnotherChain_saysSo() {
    AuditCheckpoint other = KEY.sign(AuditChain.INSTALLATION, head(EVENTS.get(19)), AT);
    assertThat(verify(EVENTS, List.of(AT_20), other).findings())
        .extracting(AuditFinding::sentence)
        .containsExactly(
            "the checkpoint to hold against, of event 20, is of chain installation, and the events are of Org0000000Bb");
  }

  @Test
  void finish_cutByRetention_isWhole_ifAnEventOfTheChainSaysSo() {
    AuditEvent cut =
        event(
            head(EVENTS.get(19)),
            AuditVerifier.CUT,
            List.of(new AuditEvent.Change(AuditVerifier.CUT_THROUGH, null, "10")));
    List<AuditEvent> events = new ArrayList<>(EVENTS.subList(10, 20));
    events.add(cut);
    AuditCheckpoint signed = sign(KEY, cut);
    assertThat(verify(events, List.of(AT_10, signed)))
        .isEqualTo(new AuditVerification(Optional.of(CHAIN), 11, 2, 11, 21, List.of()));
    // Unless it says so, or says less, the beginning is missing.
    assertThat(verify(EVENTS.subList(10, 20), List.of(AT_10, AT_20)).findings())
        .extracting(AuditFinding::kind, AuditFinding::first, AuditFinding::last)
        .containsExactly(tuple(Kind.TRUNCATED, 1L, 10L));
    assertThat(verify(events.subList(2, 11), List.of(signed)).findings())
        .extracting(AuditFinding::kind, AuditFinding::first, AuditFinding::last)
        .containsExactly(tuple(Kind.TRUNCATED, 11L, 12L));
  }

  /** Where a claim of a cut is itself forged, that shows. */
  @Test
  void finish_forgedCut_isFound() {
    AuditEvent forged =
        event(
            head(EVENTS.get(19)),
            AuditVerifier.CUT,
            List.of(new AuditEvent.Change(AuditVerifier.CUT_THROUGH, null, "10")));
    List<AuditEvent> events = new ArrayList<>(EVENTS.subList(10, 20));
    events.add(forged);
    assertThat(verify(events, List.of(AT_20)).findings())
        .extracting(AuditFinding::kind, AuditFinding::first, AuditFinding::last)
        .containsExactly(tuple(Kind.TRUNCATED, 1L, 10L), tuple(Kind.UNSIGNED, 21L, 21L));
  }

  /** A forged number must not make anybody count for ever. */
  @Test
  void finish_hugeNumbers_endsAtOnce() {
    List<AuditEvent> events = new ArrayList<>(EVENTS);
    events.add(event(new AuditChain.Head(Long.MAX_VALUE / 2, Bytes.zeros(32)), "x.y", List.of()));
    assertThat(verify(events, List.of(AT_20)).findings())
        .extracting(AuditFinding::kind, AuditFinding::first)
        .containsExactly(tuple(Kind.UNSIGNED, Long.MAX_VALUE / 2 + 1));
    assertThat(verify(events, List.of()).isWhole()).isFalse();
    AuditCheckpoint far = KEY.sign(CHAIN, new AuditChain.Head(Long.MAX_VALUE, Bytes.zeros(32)), AT);
    assertThat(verify(EVENTS, List.of(far)).findings())
        .extracting(AuditFinding::kind, AuditFinding::first, AuditFinding::last)
        .containsExactly(tuple(Kind.TRUNCATED, 21L, Long.MAX_VALUE));
  }
}
