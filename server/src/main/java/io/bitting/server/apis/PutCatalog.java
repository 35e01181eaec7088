package io.bitting.server.apis;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.CatalogChange;
import io.bitting.id.ApiId;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogDifference;
import io.bitting.scope.Scope;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.ActingCaller;
import io.bitting.server.acting.Step;
import io.bitting.server.catalogs.CatalogDocument;
import io.bitting.server.catalogs.CatalogFault;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Json;
import io.bitting.server.http.Problem;
import io.bitting.server.http.ProblemCode;
import io.bitting.server.http.Route;
import io.bitting.store.Api;
import io.bitting.store.Writer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Replaces the catalog of an API. A change by which keys gain is named, and made only when it is
 * confirmed.
 */
public final class PutCatalog implements Endpoint {
  private static final int BYTES_MAX = 1024 * 1024;
  private static final Route ROUTE =
      Route.json("putCatalog", "PUT", "/v1/apis/{api}/catalog", ApiRequirement.CHANGE)
          .taking(Set.of("application/json", "application/yaml"), BYTES_MAX);

  private final Acting acting;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting carries it out
   * @param clock tells the time
   */
  public PutCatalog(Acting acting, Clock clock) {
    this.acting = acting;
    this.clock = clock;
  }

  /** How it is asked for. */
  private record Wish(boolean dryRun, Optional<String> confirm) {}

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    Wish wish = new Wish(call.query().flag("dry_run").orElse(false), call.query().text("confirm"));
    call.query().check();
    String text = Json.decode(call.body());
    CatalogDocument.Reading reading =
        call.mediaType().equals("application/json")
            ? CatalogDocument.parseJson(text)
            : CatalogDocument.parse(text);
    return acting.change(
        call,
        ROUTE,
        (writer, caller) -> put(writer, caller, call, reading, wish),
        change -> Answer.json(200, change));
  }

  private Step<CatalogChange> put(
      Writer writer, ActingCaller caller, Call call, CatalogDocument.Reading reading, Wish wish) {
    Optional<Api> api =
        ApiId.parse(call.path("api")).flatMap(writer::lockApi).flatMap(Sealed::intact);
    if (api.isEmpty()) {
      return Step.notFound();
    }
    if (api.get().id().isBuiltIn()) {
      return Step.no(
          ProblemCode.API_IMMUTABLE,
          "The catalog of \"bitting\" is Bitting's own and comes with it.");
    }
    return switch (reading) {
      case CatalogDocument.Faulty faulty ->
          Step.no(Answer.problem(Problem.faults(faulty.faults().size(), shown(faulty.faults()))));
      case CatalogDocument.Sound sound ->
          put(writer, caller, call, api.get(), sound.document(), wish);
    };
  }

  private Step<CatalogChange> put(
      Writer writer, ActingCaller caller, Call call, Api api, CatalogDocument document, Wish wish) {
    Optional<Sealed<Catalog>> stored = writer.catalog(api.id());
    if (stored.isPresent() && stored.get().intact().isEmpty()) {
      return Step.no(
          ProblemCode.STATE_CONFLICT,
          "The catalog of \""
              + api.id()
              + "\" was altered in the database behind Bitting's back; restore it first.");
    }
    Optional<Catalog> before = stored.flatMap(Sealed::intact);
    int version = before.map(Catalog::version).orElse(0);
    Catalog after = Catalog.of(api.id(), version + 1, document.entries(), document.templates());
    CatalogDifference difference = CatalogDifference.between(before, after);
    List<Map<String, Object>> faults = faults(api, document, difference);
    if (!faults.isEmpty()) {
      return Step.no(Answer.problem(Problem.faults(faults.size(), faults)));
    }
    Gains gains = Gains.between(writer, before, after);
    boolean same =
        before.isPresent()
            && List.copyOf(before.get().entries()).equals(List.copyOf(after.entries()))
            && before.get().templates().equals(after.templates());
    if (same || wish.dryRun()) {
      return Step.done(change(writer, version, same && !wish.dryRun(), difference, gains, after));
    }
    CatalogChange proposed = change(writer, version, false, difference, gains, after);
    if (!gains.isEmpty() && !wish.confirm().equals(Optional.ofNullable(proposed.confirmation()))) {
      return Step.no(unconfirmed(proposed));
    }
    writer.putCatalog(after);
    writer.audit(
        AuditChain.INSTALLATION,
        caller.act(
            call,
            "catalog.changed",
            new AuditEvent.Target("catalog", api.id().text()),
            changes(difference, after, gains)),
        call.source());
    return Step.done(change(writer, after.version(), true, difference, gains, after));
  }

  private static List<Map<String, Object>> faults(
      Api api, CatalogDocument document, CatalogDifference difference) {
    List<Map<String, Object>> faults = new ArrayList<>();
    if (!document.api().equals(api.id())) {
      faults.add(
          fault(
              "/api",
              "catalog_api_other",
              "the catalog is of API \""
                  + document.api()
                  + "\", but it is put at \""
                  + api.id()
                  + "\"",
              "put it at its own API, or correct it"));
    }
    if (!document.prefix().equals(api.prefix())) {
      faults.add(
          fault(
              "/prefix",
              "catalog_prefix_other",
              "the catalog has the key prefix \""
                  + document.prefix()
                  + "\", but API \""
                  + api.id()
                  + "\" has \""
                  + api.prefix()
                  + "\", which never changes",
              "write \"" + api.prefix() + "\""));
    }
    for (String message : difference.faults()) {
      faults.add(
          fault(
              "/scopes", "catalog_scope_changed", message, "see the rules for changing a catalog"));
    }
    return faults;
  }

  private static Map<String, Object> fault(
      String pointer, String code, String message, String fix) {
    Map<String, Object> fault = new LinkedHashMap<>();
    fault.put("pointer", pointer);
    fault.put("code", code);
    fault.put("message", message);
    fault.put("fix", fix);
    return fault;
  }

  private static List<Map<String, Object>> shown(List<CatalogFault> faults) {
    List<Map<String, Object>> shown = new ArrayList<>();
    for (CatalogFault each : faults) {
      Map<String, Object> fault =
          fault(each.pointer(), each.code().code(), each.message(), each.fix());
      fault.put("line", each.line());
      shown.add(fault);
    }
    return shown;
  }

  private CatalogChange change(
      Writer writer,
      int version,
      boolean applied,
      CatalogDifference difference,
      Gains gains,
      Catalog after) {
    List<CatalogChange.Gaining> shown = gains.shown(writer, clock.instant());
    return new CatalogChange(
        after.api().text(),
        version,
        applied,
        new CatalogChange.Difference(
            texts(difference.added()),
            texts(difference.retired()),
            texts(difference.restored()),
            implications(difference.implications()),
            implications(difference.withdrawn()),
            texts(difference.reworded()),
            List.copyOf(difference.templates())),
        shown,
        gains.total(),
        gains.isEmpty() || applied ? null : gains.confirmation(after, shown));
  }

  private static Answer unconfirmed(CatalogChange change) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("api", change.api());
    members.put("version", change.version());
    members.put("applied", false);
    members.put("difference", change.difference());
    members.put("gaining", change.gaining());
    members.put("gaining_total", change.gainingTotal());
    members.put("confirmation", String.valueOf(change.confirmation()));
    return Answer.problem(
        new Problem(
            ProblemCode.CONFIRMATION_REQUIRED,
            (change.gainingTotal() == 1
                    ? "1 existing key"
                    : change.gainingTotal() + " existing keys")
                + " could do more by this; look at \"gaining\" and send \"confirmation\" as the parameter \"confirm\" to make it so.",
            members));
  }

  private static List<AuditEvent.Change> changes(
      CatalogDifference difference, Catalog after, Gains gains) {
    List<AuditEvent.Change> changes = new ArrayList<>();
    changes.add(
        new AuditEvent.Change(
            "version", String.valueOf(after.version() - 1), String.valueOf(after.version())));
    add(changes, "added", difference.added());
    add(changes, "retired", difference.retired());
    add(changes, "restored", difference.restored());
    add(changes, "implications", difference.implications());
    add(changes, "withdrawn", difference.withdrawn());
    add(changes, "reworded", difference.reworded());
    add(changes, "templates", difference.templates());
    if (!gains.isEmpty()) {
      changes.add(new AuditEvent.Change("keys_that_gain", null, String.valueOf(gains.total())));
    }
    return changes;
  }

  private static void add(List<AuditEvent.Change> changes, String name, Collection<?> values) {
    if (!values.isEmpty()) {
      changes.add(
          new AuditEvent.Change(
              name, null, String.join(" ", values.stream().map(Object::toString).toList())));
    }
  }

  private static List<String> texts(Collection<Scope> scopes) {
    return scopes.stream().map(Scope::text).toList();
  }

  private static List<CatalogChange.Implication> implications(
      List<CatalogDifference.Implication> implications) {
    return implications.stream()
        .map(each -> new CatalogChange.Implication(each.from().text(), each.to().text()))
        .toList();
  }
}
