package io.bitting.server.console;

import io.bitting.client.protocol.AuditEventAnswer;
import io.bitting.client.protocol.CatalogAnswer;
import io.bitting.client.protocol.ChecksAnswer;
import io.bitting.client.protocol.ChecksAnswer.CheckAnswer;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.KeyUsageAnswer;
import io.bitting.client.protocol.RequirementAnswer;
import io.bitting.server.http.Call;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Gathers what the page of a key shows, for one page. */
final class KeyPages {
  private static final int DAYS = 30;
  private static final int CHECKS_MAX = 10;
  private static final String EVENTS_MAX = "20";

  private final Desk desk;
  private final Visitor visitor;
  private final Call call;

  /**
   * Begins.
   *
   * @param desk asks
   * @param visitor who looks
   * @param call the request for the page
   */
  KeyPages(Desk desk, Visitor visitor, Call call) {
    this.desk = desk;
    this.visitor = visitor;
    this.call = call;
  }

  /**
   * Makes the page with a form that holds what the key has.
   *
   * @param key the key
   * @param faults what is wrong with what was sent
   */
  KeyPage of(KeyAnswer key, Faults faults) {
    return of(key, KeyPage.Edit.of(key), faults);
  }

  /**
   * Makes the page.
   *
   * @param key the key
   * @param edit what the form holds
   * @param faults what is wrong with what was sent
   */
  KeyPage of(KeyAnswer key, KeyPage.Edit edit, Faults faults) {
    Covered covered =
        new Covered(
            desk.ask(visitor, call, "showCatalog")
                .path("api", key.api())
                .send()
                .read(CatalogAnswer.class));
    Instant today = desk.now().truncatedTo(ChronoUnit.DAYS);
    KeyUsageAnswer usage =
        desk.ask(visitor, call, "showKeyUsage")
            .path("key", key.id())
            .query("from", today.minus(DAYS - 1, ChronoUnit.DAYS).toString())
            .query("by", "day")
            .send()
            .read(KeyUsageAnswer.class);
    Map<String, KeyUsageAnswer.ScopeUse> used = used(key, covered, usage);
    Names names = new Names(desk, visitor, call);
    return new KeyPage(
        key,
        covered.catalog().name(),
        names.of(key.createdBy()),
        covered.catalog().scopes().stream()
            .filter(entry ->
                key.allScopes()
                    ? used.containsKey(entry.scope())
                    : key.scopes().contains(entry.scope()))
            .toList(),
        covered.catalog().scopes().size(),
        with(usage, List.copyOf(used.values())),
        bars(usage, today),
        refusals(key, covered, usage),
        checks(key),
        events(key, names),
        edit,
        faults);
  }

  /**
   * Counts the uses of the key's own scopes. A scope is used where it is asked for, and, if the key
   * has it not by its name, so is each that covers it.
   */
  private static Map<String, KeyUsageAnswer.ScopeUse> used(
      KeyAnswer key, Covered covered, KeyUsageAnswer usage) {
    Map<String, KeyUsageAnswer.ScopeUse> used = new TreeMap<>();
    for (KeyUsageAnswer.ScopeUse use : usage.scopes()) {
      List<String> by =
          key.allScopes() || key.scopes().contains(use.scope())
              ? List.of(use.scope())
              : key.scopes().stream()
                  .filter(scope -> covered.by(scope).contains(use.scope()))
                  .toList();
      for (String scope : by) {
        used.merge(scope, as(scope, use), KeyPages::joined);
      }
    }
    return used;
  }

  private static KeyUsageAnswer.ScopeUse as(String scope, KeyUsageAnswer.ScopeUse use) {
    return new KeyUsageAnswer.ScopeUse(scope, use.first(), use.last(), use.allowed(), use.denied());
  }

  private static KeyUsageAnswer.ScopeUse joined(
      KeyUsageAnswer.ScopeUse one, KeyUsageAnswer.ScopeUse other) {
    return new KeyUsageAnswer.ScopeUse(
        one.scope(),
        one.first().isBefore(other.first()) ? one.first() : other.first(),
        one.last().isAfter(other.last()) ? one.last() : other.last(),
        one.allowed() + other.allowed(),
        one.denied() + other.denied());
  }

  private static KeyUsageAnswer with(KeyUsageAnswer usage, List<KeyUsageAnswer.ScopeUse> scopes) {
    return new KeyUsageAnswer(
        usage.key(),
        usage.from(),
        usage.until(),
        usage.complete(),
        usage.lastUse(),
        usage.uses(),
        scopes,
        usage.periods());
  }

  private static Bars bars(KeyUsageAnswer usage, Instant today) {
    Map<Instant, KeyUsageAnswer.Period> periods = new HashMap<>();
    usage.periods().forEach(period -> periods.put(period.from(), period));
    List<Bars.Day> days = new ArrayList<>();
    for (int back = DAYS - 1; back >= 0; back--) {
      Instant day = today.minus(back, ChronoUnit.DAYS);
      KeyUsageAnswer.Period period = periods.get(day);
      days.add(
          period == null
              ? new Bars.Day(day, 0, 0)
              : new Bars.Day(day, period.allowed(), period.denied()));
    }
    return new Bars(days);
  }

  private static List<KeyPage.Refused> refusals(
      KeyAnswer key, Covered covered, KeyUsageAnswer usage) {
    Set<String> held = key.allScopes() ? covered.all() : covered.by(key.scopes());
    return usage.uses().stream()
        .filter(use -> use.denied() > 0)
        .sorted(Comparator.comparingLong(KeyUsageAnswer.Use::denied).reversed())
        .map(use ->
            new KeyPage.Refused(
                use.operation() == null ? "" : use.operation(),
                missing(use.requirement(), held),
                use.denied()))
        .toList();
  }

  /** Returns the fewest scopes that would meet a requirement; none if it is met. */
  private static List<String> missing(RequirementAnswer requirement, Set<String> held) {
    List<List<String>> anyOf = requirement.anyOf();
    return anyOf == null
        ? List.of()
        : anyOf.stream()
            .map(together -> together.stream().filter(scope -> !held.contains(scope)).toList())
            .min(Comparator.comparingInt(List::size))
            .orElse(List.of());
  }

  /** The newest first; who may not see those of the organization is told so by the page. */
  private List<CheckAnswer> checks(KeyAnswer key) {
    return visitor.rights().contains(Right.READ_AUDIT)
        ? checksOf(key).stream().limit(CHECKS_MAX).toList()
        : List.of();
  }

  /** Returns the checks of a key that this node knows still, the newest first. */
  List<CheckAnswer> checksOf(KeyAnswer key) {
    return desk
        .ask(visitor, call, "listChecks")
        .query("limit", "200")
        .send()
        .read(ChecksAnswer.class)
        .items()
        .reversed()
        .stream()
        .filter(check -> check.key().equals(key.id()))
        .toList();
  }

  private List<KeyPage.Event> events(KeyAnswer key, Names names) {
    return visitor.rights().contains(Right.READ_AUDIT)
        ? desk
            .ask(visitor, call, "listAuditEvents")
            .query("target", key.id())
            .query("limit", EVENTS_MAX)
            .send()
            .page(AuditEventAnswer.class)
            .items()
            .stream()
            .map(event -> new KeyPage.Event(event, names.of(event.actor())))
            .toList()
        : List.of();
  }
}
