package io.bitting.server.apis;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.OperationsChange;
import io.bitting.id.ApiId;
import io.bitting.openapi.DocumentFault;
import io.bitting.openapi.DocumentNote;
import io.bitting.openapi.ImportOptions;
import io.bitting.openapi.OpenApiDocument;
import io.bitting.openapi.Reading;
import io.bitting.operation.Operation;
import io.bitting.operation.Operations;
import io.bitting.operation.OperationsDifference;
import io.bitting.scope.Catalog;
import io.bitting.scope.Scope;
import io.bitting.seal.Canonical;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.ActingCaller;
import io.bitting.server.acting.Step;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Malformed;
import io.bitting.server.http.Problem;
import io.bitting.server.http.ProblemCode;
import io.bitting.server.http.Query;
import io.bitting.server.http.Route;
import io.bitting.store.Api;
import io.bitting.store.OperationsForm;
import io.bitting.store.Reader;
import io.bitting.store.Writer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Replaces the operations of an API by those of its OpenAPI description. What would be open to
 * everybody from now on, and which keys could call more, is named, and made so only when it is
 * confirmed.
 */
public final class PutOperations implements Endpoint {
  private static final Route ROUTE =
      Route.json("putOperations", "PUT", "/v1/apis/{api}/operations", ApiRequirement.CHANGE)
          .taking(Set.of("application/json", "application/yaml"), OpenApiDocument.BYTES_MAX);

  private final Acting acting;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting carries it out
   * @param clock tells the time
   */
  public PutOperations(Acting acting, Clock clock) {
    this.acting = acting;
    this.clock = clock;
  }

  /** How it is asked for. */
  private record Wish(
      boolean dryRun, Optional<String> confirm, Optional<Boolean> published, Asked asked) {}

  /** What the document does not say about itself. */
  private record Asked(List<String> schemes, List<String> anyOf, Optional<String> basePath) {
    static Asked read(Query query) {
      return new Asked(
          words(query.text("schemes")), words(query.text("any_of")), query.text("base_path"));
    }

    /** Operations are named by method and path, so they are separated by commas. */
    private static List<String> words(Optional<String> text) {
      return text.stream()
          .flatMap(all -> List.of(all.split(",", -1)).stream())
          .map(String::strip)
          .filter(word -> !word.isEmpty())
          .toList();
    }

    ImportOptions options(Optional<Catalog> catalog) {
      ImportOptions.Builder options = ImportOptions.builder();
      schemes.forEach(options::scheme);
      for (String name : anyOf) {
        if (name.equals("*")) {
          options.anyOfEverywhere();
        } else {
          options.anyOf(name);
        }
      }
      basePath.ifPresent(options::basePath);
      catalog.ifPresent(options::catalog);
      return options.build();
    }
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    Query query = call.query();
    Wish wish =
        new Wish(
            query.flag("dry_run").orElse(false),
            query.text("confirm"),
            query.flag("published"),
            Asked.read(query));
    query.check();
    Document document =
        Document.read(call, wish, acting.look(call, (reader, own) -> catalog(reader, call)));
    return acting.change(
        call,
        ROUTE,
        (writer, caller) -> put(writer, caller, call, document, wish),
        change -> Answer.json(200, change));
  }

  /**
   * What was uploaded. It is read before the transaction, since that can take seconds.
   *
   * @param catalog the catalog that it was compared with
   */
  private record Document(Reading reading, Optional<Catalog> catalog) {
    static Document read(Call call, Wish wish, Optional<Catalog> catalog) {
      return new Document(OpenApiDocument.read(call.body(), options(wish, catalog)), catalog);
    }

    /** Returns what comes of it by a catalog, which is seldom another than it was read with. */
    Document by(Optional<Catalog> catalog, Call call, Wish wish) {
      boolean same = catalog.map(Catalog::version).equals(this.catalog.map(Catalog::version));
      return same ? this : read(call, wish, catalog);
    }
  }

  private static Optional<Catalog> catalog(Reader reader, Call call) {
    return ApiId.parse(call.path("api")).flatMap(reader::catalog).flatMap(Sealed::intact);
  }

  private Step<OperationsChange> put(
      Writer writer, ActingCaller caller, Call call, Document document, Wish wish) {
    Optional<Api> api = ApiId.parse(call.path("api")).flatMap(writer::api).flatMap(Sealed::intact);
    if (api.isEmpty()) {
      return Step.notFound();
    }
    if (api.get().id().isBuiltIn()) {
      return Step.no(
          ProblemCode.API_IMMUTABLE,
          "The operations of \"bitting\" are Bitting's own and come with it.");
    }
    Optional<Sealed<Operations>> stored = writer.operations(api.get().id());
    if (stored.isPresent() && stored.get().intact().isEmpty()) {
      return Step.no(
          ProblemCode.STATE_CONFLICT,
          "The operations of \""
              + api.get().id()
              + "\" were altered in the database behind Bitting's back; restore them first.");
    }
    Optional<Catalog> catalog = catalog(writer, call);
    return switch (document.by(catalog, call, wish).reading()) {
      case Reading.Broken broken ->
          Step.no(Answer.problem(Problem.faults(broken.faults().size(), shown(broken.faults()))));
      case Reading.Read read ->
          put(writer, caller, call, api.get(), stored.flatMap(Sealed::intact), catalog, read, wish);
    };
  }

  private static ImportOptions options(Wish wish, Optional<Catalog> catalog) {
    try {
      return wish.asked().options(catalog);
    } catch (IllegalArgumentException e) {
      throw new Malformed(
          ProblemCode.QUERY_INVALID, "The parameter \"base_path\": " + e.getMessage() + ".");
    }
  }

  private Step<OperationsChange> put(
      Writer writer,
      ActingCaller caller,
      Call call,
      Api api,
      Optional<Operations> before,
      Optional<Catalog> catalog,
      Reading.Read read,
      Wish wish) {
    int version = before.map(Operations::version).orElse(0);
    boolean published = wish.published().orElse(before.map(Operations::published).orElse(false));
    Operations after = new Operations(api.id(), version + 1, published, read.operations());
    OperationsDifference difference = OperationsDifference.between(before, after);
    Reachable.Moved moved = Reachable.between(writer, api.id(), catalog, difference);
    Proposal proposal = new Proposal(before, after, catalog, read, difference, moved);
    boolean same =
        before.isPresent()
            && before.get().published() == published
            && before.get().list().equals(after.list());
    if (same || wish.dryRun()) {
      return Step.done(proposal.shown(writer, clock, version, same && !wish.dryRun()));
    }
    OperationsChange proposed = proposal.shown(writer, clock, version, false);
    if (proposal.wantsConfirmation()
        && !wish.confirm().equals(Optional.ofNullable(proposed.confirmation()))) {
      return Step.no(unconfirmed(proposed));
    }
    writer.putOperations(after);
    writer.audit(
        AuditChain.INSTALLATION,
        caller.act(
            call,
            "operations.changed",
            new AuditEvent.Target("operations", api.id().text()),
            changes(proposal)),
        call.source());
    return Step.done(proposal.shown(writer, clock, after.version(), true));
  }

  /** What would come of an upload. */
  private record Proposal(
      Optional<Operations> before,
      Operations after,
      Optional<Catalog> catalog,
      Reading.Read read,
      OperationsDifference difference,
      Reachable.Moved moved) {

    boolean wantsConfirmation() {
      return !difference.opened().isEmpty() || !moved.gained().isEmpty();
    }

    OperationsChange shown(Writer writer, Clock clock, int version, boolean applied) {
      List<OperationsChange.Affected> gaining = moved.gained().shown(writer, clock.instant());
      return new OperationsChange(
          after.api().text(),
          version,
          applied,
          after.list().size(),
          new OperationsChange.Difference(
              difference.added().stream().map(OperationAnswers::of).toList(),
              names(difference.removed()),
              difference.changed().stream().map(Proposal::changed).toList(),
              names(difference.reworded())),
          names(difference.opened()),
          names(read.undeclared()),
          newScopes(),
          read.notes().stream().map(Proposal::note).toList(),
          gaining,
          moved.gained().total(),
          moved.lost().shown(writer, clock.instant()),
          moved.lost().total(),
          applied || !wantsConfirmation() ? null : confirmation(gaining));
    }

    private static OperationsChange.Changed changed(OperationsDifference.Change change) {
      return new OperationsChange.Changed(
          OperationAnswers.of(change.operation()), OperationAnswers.of(change.before()));
    }

    private static OperationsChange.Note note(DocumentNote note) {
      return new OperationsChange.Note(
          note.line(), note.pointer(), note.code().code(), note.operation(), note.message());
    }

    private List<OperationsChange.NewScope> newScopes() {
      List<OperationsChange.NewScope> scopes = new ArrayList<>();
      for (Map.Entry<Scope, String> scope : read.scopes().entrySet()) {
        if (catalog.filter(known -> known.has(scope.getKey())).isEmpty()) {
          scopes.add(new OperationsChange.NewScope(scope.getKey().text(), scope.getValue()));
        }
      }
      return scopes;
    }

    /**
     * Stands for exactly these operations after exactly those in force, and for the keys that were
     * shown: who confirms it confirms nothing else.
     */
    private String confirmation(List<OperationsChange.Affected> gaining) {
      Canonical form =
          Canonical.of("operations-confirmation")
              .bytes(OperationsForm.canonical(after))
              .texts(difference.opened().stream().map(Operation::signature).toList())
              .number(moved.gained().total());
      gaining.forEach(key -> form.text(key.id()).number(key.operationsTotal()));
      return form.sha256().hex().substring(0, 32);
    }
  }

  private static Answer unconfirmed(OperationsChange change) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("api", change.api());
    members.put("version", change.version());
    members.put("applied", false);
    members.put("opened", change.opened());
    members.put("gaining", change.gaining());
    members.put("gaining_total", change.gainingTotal());
    members.put("confirmation", String.valueOf(change.confirmation()));
    List<String> facts = new ArrayList<>();
    if (!change.opened().isEmpty()) {
      facts.add(counted(change.opened().size(), "operation") + " would ask for no key");
    }
    if (change.gainingTotal() > 0) {
      facts.add(counted(change.gainingTotal(), "existing key") + " could call more");
    }
    return Answer.problem(
        new Problem(
            ProblemCode.CONFIRMATION_REQUIRED,
            String.join(", and ", facts)
                + " by this; look at \"opened\" and \"gaining\", and send \"confirmation\" as the parameter \"confirm\" to make it so.",
            members));
  }

  private static String counted(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static List<AuditEvent.Change> changes(Proposal proposal) {
    List<AuditEvent.Change> changes = new ArrayList<>();
    int version = proposal.after().version();
    changes.add(
        new AuditEvent.Change("version", String.valueOf(version - 1), String.valueOf(version)));
    add(changes, "added", proposal.difference().added().size());
    add(changes, "removed", proposal.difference().removed().size());
    add(changes, "changed", proposal.difference().changed().size());
    add(changes, "reworded", proposal.difference().reworded().size());
    add(changes, "opened", proposal.difference().opened().size());
    add(changes, "keys_that_gain", proposal.moved().gained().total());
    add(changes, "keys_that_lose", proposal.moved().lost().total());
    boolean before = proposal.before().map(Operations::published).orElse(false);
    if (before != proposal.after().published()) {
      changes.add(
          new AuditEvent.Change(
              "published", String.valueOf(before), String.valueOf(proposal.after().published())));
    }
    return changes;
  }

  private static void add(List<AuditEvent.Change> changes, String name, long count) {
    if (count > 0) {
      changes.add(new AuditEvent.Change(name, null, String.valueOf(count)));
    }
  }

  private static List<String> names(List<Operation> operations) {
    return operations.stream().map(Operation::name).toList();
  }

  private static List<Map<String, Object>> shown(List<DocumentFault> faults) {
    List<Map<String, Object>> shown = new ArrayList<>();
    for (DocumentFault each : faults) {
      Map<String, Object> fault = new LinkedHashMap<>();
      fault.put("pointer", each.pointer());
      fault.put("code", each.code().code());
      fault.put("message", each.message());
      fault.put("fix", each.fix());
      fault.put("line", each.line());
      shown.add(fault);
    }
    return shown;
  }
}
