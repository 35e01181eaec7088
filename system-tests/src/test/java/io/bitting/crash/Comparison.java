package io.bitting.crash;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds what is stored against what was answered, and against itself. What it finds is a sentence
 * each; nothing is lost if it finds none.
 */
final class Comparison {
  private final Memory memory;
  private final Evidence evidence;
  private final List<String> findings = new ArrayList<>();

  private Comparison(Memory memory, Evidence evidence) {
    this.memory = memory;
    this.evidence = evidence;
  }

  /** Compares, and changes nothing. */
  static List<String> findings(Memory memory, Evidence evidence) {
    Comparison comparison = new Comparison(memory, evidence);
    comparison.acknowledged();
    comparison.unasked();
    comparison.catalogs();
    comparison.keysAndTheirEvents();
    comparison.secrets();
    comparison.chains();
    comparison.sequence();
    evidence.orphans().forEach((what, count) -> comparison.found(count + " " + what));
    return comparison.findings;
  }

  /** Ends every doubt by what is stored. */
  static void settle(Memory memory, Evidence evidence) {
    for (Evidence.StoredKey stored : evidence.keys().values()) {
      KnownKey known = memory.keys().get(stored.id());
      if (known == null) {
        memory.add(new KnownKey(stored.id(), Optional.empty(), stored.shape()));
      } else {
        known.found(stored.shape());
      }
    }
    memory.doubtfulNames().clear();
    memory.foundCatalog(
        new Memory.Edition(
            evidence.catalogs().getOrDefault(Writer.API, 0L), evidence.catalogNumber()));
  }

  private void found(String finding) {
    findings.add(finding);
  }

  /** Every key is as it was acknowledged, or as a change that was never answered would have it. */
  private void acknowledged() {
    for (KnownKey known : memory.keys().values()) {
      Evidence.StoredKey stored = evidence.keys().get(known.id());
      if (stored == null) {
        found("key %s was acknowledged and is lost".formatted(known.id()));
      } else if (!known.possible().contains(stored.shape())) {
        found(
            "key %s was acknowledged as one of %s and is stored as %s"
                .formatted(known.id(), known.possible(), stored.shape()));
      }
    }
  }

  /** No key exists that nobody asked for. */
  private void unasked() {
    for (Evidence.StoredKey stored : evidence.keys().values()) {
      if (!memory.keys().containsKey(stored.id())
          && !memory.doubtfulNames().contains(stored.shape().name())) {
        found(
            "key %s, \"%s\", exists, and nobody asked for it"
                .formatted(stored.id(), stored.shape().name()));
      }
    }
  }

  private void catalogs() {
    long version = evidence.catalogs().getOrDefault(Writer.API, 0L);
    Memory.Edition stored = new Memory.Edition(version, evidence.catalogNumber());
    if (!memory.possibleCatalogs().contains(stored)) {
      found(
          "the catalog was acknowledged as one of %s and is stored as %s"
              .formatted(memory.possibleCatalogs(), stored));
    }
    Map<String, Long> changes = new HashMap<>();
    events("catalog").forEach(event -> changes.merge(event.act().target().id(), 1L, Long::sum));
    if (!changes.equals(evidence.catalogs())) {
      found(
          "catalogs have the versions %s, but their events say %s"
              .formatted(evidence.catalogs(), changes));
    }
  }

  /** Each key is what its events make of it, and each event is of a key. */
  private void keysAndTheirEvents() {
    Map<String, List<AuditEvent>> byKey = new HashMap<>();
    for (AuditEvent event : events("key")) {
      byKey.computeIfAbsent(event.act().target().id(), first -> new ArrayList<>()).add(event);
    }
    for (Evidence.StoredKey stored : evidence.keys().values()) {
      List<AuditEvent> events = byKey.getOrDefault(stored.id(), List.of());
      Optional<KnownKey.Shape> told = told(events);
      if (!told.equals(Optional.of(stored.shape()))) {
        found(
            "key %s is stored as %s, but its %d events make it %s"
                .formatted(stored.id(), stored.shape(), events.size(), told));
      }
      long changes = evidence.keyChanges().getOrDefault(stored.id(), 0L);
      long written = stored.shape().revision() + stored.shape().secret() - 1;
      if (changes != written) {
        found(
            "key %s was written %d times and entered %d times into the sequence of changes"
                .formatted(stored.id(), written, changes));
      }
    }
    Set<String> strangers = new HashSet<>(byKey.keySet());
    strangers.removeAll(evidence.keys().keySet());
    strangers.forEach(id -> found("key %s has events and does not exist".formatted(id)));
  }

  private List<AuditEvent> events(String targetKind) {
    return evidence.chains().values().stream()
        .flatMap(List::stream)
        .filter(event -> event.act().target().kind().equals(targetKind))
        .toList();
  }

  /** Returns the key that events tell of; empty if one of them does not fit those before it. */
  private static Optional<KnownKey.Shape> told(List<AuditEvent> events) {
    Optional<KnownKey.Shape> told = Optional.empty();
    for (AuditEvent event : events) {
      told = told(told, event);
      if (told.isEmpty()) {
        return told;
      }
    }
    return told;
  }

  private static Optional<KnownKey.Shape> told(Optional<KnownKey.Shape> before, AuditEvent event) {
    AuditEvent.Act act = event.act();
    Map<String, AuditEvent.Change> changes = new HashMap<>();
    act.changes().forEach(change -> changes.put(change.name(), change));
    if (act.action().equals("key.created")) {
      String purpose = changes.containsKey("purpose") ? changes.get("purpose").after() : "";
      return before.isPresent()
          ? Optional.empty()
          : Optional.of(KnownKey.Shape.created(changes.get("name").after(), purpose));
    }
    if (before.isEmpty()) {
      return before;
    }
    KnownKey.Shape shape = before.get();
    return switch (act.action()) {
      case "key.disabled", "key.enabled", "key.revoked" -> {
        AuditEvent.Change state = changes.get("state");
        yield shape.state().equals(state.before())
            ? Optional.of(shape.inState(state.after()))
            : Optional.empty();
      }
      case "key.edited" -> {
        AuditEvent.Change purpose = changes.get("purpose");
        yield shape.purpose().equals(purpose.before())
            ? Optional.of(shape.described(purpose.after()))
            : Optional.empty();
      }
      case "key.rotated" -> {
        AuditEvent.Change secret = changes.get("secret");
        Instant overlapEnd = Instant.parse(changes.get("overlap_ends_at").after());
        KnownKey.Shape rotated = shape.rotated(overlapEnd.isAfter(event.at()));
        yield secret.before().equals(String.valueOf(shape.secret()))
                && secret.after().equals(String.valueOf(rotated.secret()))
            ? Optional.of(rotated)
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  /** Threats, F15: a key has one secret that is accepted, or two, at any moment. */
  private void secrets() {
    for (Evidence.StoredKey stored : evidence.keys().values()) {
      if (stored.liveSecrets() != (stored.shape().overlapping() ? 2 : 1)) {
        found("key %s has %d live secrets".formatted(stored.id(), stored.liveSecrets()));
      }
    }
  }

  /** Each chain is whole from its first event to its head. */
  private void chains() {
    if (!evidence.chains().keySet().equals(evidence.heads().keySet())) {
      found(
          "chains %s have events, chains %s have a head"
              .formatted(evidence.chains().keySet(), evidence.heads().keySet()));
    }
    evidence
        .chains()
        .forEach((chain, events) -> {
          AuditChain.Head last = AuditChain.Head.empty();
          for (AuditEvent event : events) {
            if (event.number() != last.number() + 1 || !event.previousHash().equals(last.hash())) {
              found(
                  "chain %s: event %d does not follow event %d"
                      .formatted(chain, event.number(), last.number()));
            }
            if (!chain.isWhole(event)) {
              found(
                  "chain %s: event %d is not what its hash says".formatted(chain, event.number()));
            }
            last = new AuditChain.Head(event.number(), event.hash());
          }
          if (!last.equals(evidence.heads().get(chain))) {
            found(
                "chain %s ends with event %d, but its head says otherwise"
                    .formatted(chain, last.number()));
          }
        });
  }

  private void sequence() {
    if (evidence.changeHead() != evidence.changeNumbers()) {
      found(
          "the sequence of changes stands at %d and has %d numbers"
              .formatted(evidence.changeHead(), evidence.changeNumbers()));
    }
  }
}
