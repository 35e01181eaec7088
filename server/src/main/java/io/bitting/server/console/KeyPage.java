package io.bitting.server.console;

import io.bitting.client.protocol.AuditEventAnswer;
import io.bitting.client.protocol.CatalogAnswer;
import io.bitting.client.protocol.ChecksAnswer.CheckAnswer;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.KeyUsageAnswer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One key: what it may do, what it did, what it was refused.
 *
 * @param key the key
 * @param apiName the name of its API
 * @param createdBy the name of who made it
 * @param scopes what the catalog says of its scopes
 * @param scopesTotal how many scopes its API has
 * @param usage what it was used for in the last 30 days; its scopes are those of the key by which
 *     calls were allowed
 * @param bars the same by day
 * @param refusals what it was refused, the most often first
 * @param checks its last checks, the newest first
 * @param events what was done to it, the newest first
 * @param edit what the form holds that edits it
 * @param faults what is wrong with what was sent
 */
record KeyPage(
    KeyAnswer key,
    String apiName,
    String createdBy,
    List<CatalogAnswer.Entry> scopes,
    int scopesTotal,
    KeyUsageAnswer usage,
    Bars bars,
    List<Refused> refusals,
    List<CheckAnswer> checks,
    List<Event> events,
    Edit edit,
    Faults faults)
    implements ConsolePage {
  KeyPage {
    scopes = List.copyOf(scopes);
    refusals = List.copyOf(refusals);
    checks = List.copyOf(checks);
    events = List.copyOf(events);
  }

  /**
   * What the form holds that edits a key.
   *
   * @param name the name
   * @param purpose what the key is for
   */
  record Edit(String name, String purpose) {
    /** What the key has. */
    static Edit of(KeyAnswer key) {
      return new Edit(key.name(), key.purpose());
    }
  }

  /**
   * What a key was refused.
   *
   * @param operation the operation; empty if none is known
   * @param missing the scopes that it lacks; empty if it was refused for another reason
   * @param times how often
   */
  record Refused(String operation, List<String> missing, long times) {
    Refused {
      missing = List.copyOf(missing);
    }
  }

  /**
   * Something that was done.
   *
   * @param event the event
   * @param actor the name of who did it
   */
  record Event(AuditEventAnswer event, String actor) {}

  /** Returns how often each scope was asked for. */
  Map<String, KeyUsageAnswer.ScopeUse> used() {
    return usage.scopes().stream()
        .filter(use -> use.allowed() > 0)
        .collect(Collectors.toMap(KeyUsageAnswer.ScopeUse::scope, use -> use));
  }

  boolean isLive() {
    return key.state().equals("active") || key.state().equals("disabled");
  }

  /** Tells whether the secret before the newest is accepted still. */
  boolean overlaps() {
    return isLive() && key.secrets().size() > 1;
  }

  @Override
  public String title() {
    return key.name();
  }

  @Override
  public Section section() {
    return Section.KEYS;
  }
}
