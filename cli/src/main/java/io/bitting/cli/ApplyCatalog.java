package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.Outcome;
import io.bitting.client.protocol.ApiAnswer;
import io.bitting.client.protocol.ApiForm;
import io.bitting.client.protocol.CatalogChange;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Template;
import io.bitting.server.catalogs.CatalogDocument;
import io.bitting.server.catalogs.CatalogFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "apply",
    header = "Give an API the catalog of a file; make the API if it does not exist.",
    description = {
      "Shows the difference to the catalog in force and names the keys that could do more by it, then asks. Until the answer is yes, nothing is changed.",
      "The token needs apis:manage."
    },
    footer = {
      "  bitting catalog apply library.yaml",
      "  bitting catalog apply library.yaml --plan",
      "  bitting catalog apply library.yaml --yes"
    })
final class ApplyCatalog extends ServerCommand {
  @Parameters(paramLabel = "FILE", description = "YAML, or JSON in a file named .json.")
  private String file = "";

  @Mixin private final Approval approval = new Approval();
  @Mixin private final Questions questions;

  ApplyCatalog(Surroundings surroundings) {
    super(surroundings);
    this.questions = new Questions(surroundings);
  }

  @Override
  public Integer call() {
    CatalogFile catalog = CatalogFile.read(surroundings, file);
    CatalogDocument document = sound(catalog);
    BittingClient client = connection.client();
    Optional<ApiAnswer> api = api(client, document);
    CatalogChange change =
        api.isPresent()
            ? client.tryCatalog(document.api().text(), catalog.text()).orThrow()
            : ofNewApi(document);
    boolean renamed = api.filter(known -> !known.name().equals(document.name())).isPresent();
    boolean changes = api.isEmpty() || renamed || CatalogWords.isChange(change);
    say(document, api, change);
    if (!changes || approval.isPlan()) {
      presentation.showJson(change);
      surroundings.say(
          changes
              ? "Nothing was changed."
              : "Nothing to change: "
                  + document.api()
                  + " has this catalog, version "
                  + change.version()
                  + ".");
      return changes ? ExitCode.DIFFERENCES : ExitCode.OK;
    }
    approval.get(
        questions, "the catalog of " + document.api() + " at " + client.base() + " will change so");
    return apply(client, catalog, document, api.isEmpty() || renamed, change);
  }

  private CatalogDocument sound(CatalogFile catalog) {
    return switch (catalog.reading()) {
      case CatalogDocument.Sound(CatalogDocument document) -> document;
      case CatalogDocument.Faulty(List<CatalogFault> faults) ->
          throw new StopException(
              ExitCode.FAILURE,
              catalog.name()
                  + " has "
                  + Plain.count(faults.size(), "fault")
                  + "; nothing was changed",
              String.join("\n", CatalogFile.lines(catalog.name(), faults)));
    };
  }

  private static Optional<ApiAnswer> api(BittingClient client, CatalogDocument document) {
    if (document.api().isBuiltIn()) {
      throw new StopException(
          ExitCode.CONFLICT,
          "the catalog of the API bitting ships with the product and is not applied",
          "");
    }
    Outcome<ApiAnswer> outcome = client.api(document.api().text());
    if (outcome instanceof Outcome.Refused<ApiAnswer> refused
        && refused.problem().status() == 404) {
      refuseTakenPrefix(client, document);
      return Optional.empty();
    }
    ApiAnswer api = outcome.orThrow();
    if (!api.prefix().equals(document.prefix().text())) {
      throw new StopException(
          ExitCode.CONFLICT,
          "the prefix of "
              + api.id()
              + " is "
              + api.prefix()
              + " and the file says "
              + document.prefix()
              + "; a prefix never changes",
          "Write prefix: " + api.prefix() + ", or give the API another id.");
    }
    return Optional.of(api);
  }

  private static void refuseTakenPrefix(BittingClient client, CatalogDocument document) {
    String prefix = document.prefix().text();
    for (ApiAnswer other : new Offered(client).apis()) {
      if (other.prefix().equals(prefix)) {
        throw new StopException(
            ExitCode.CONFLICT,
            "the prefix " + prefix + " is taken by the API " + other.id() + "; each has its own",
            "Write another prefix, or api: " + other.id() + " if that is the one meant.");
      }
    }
  }

  /** An API that does not exist has no catalog to differ from, and no key that could gain. */
  private static CatalogChange ofNewApi(CatalogDocument document) {
    List<String> added = new ArrayList<>();
    List<CatalogChange.Implication> implications = new ArrayList<>();
    for (CatalogEntry entry : document.entries()) {
      added.add(entry.scope().text());
      entry
          .implies()
          .forEach(to ->
              implications.add(new CatalogChange.Implication(entry.scope().text(), to.text())));
    }
    CatalogChange.Difference all =
        new CatalogChange.Difference(
            added,
            List.of(),
            List.of(),
            implications,
            List.of(),
            List.of(),
            document.templates().stream().map(Template::name).toList());
    return new CatalogChange(document.api().text(), 0, false, all, List.of(), 0, null);
  }

  private void say(CatalogDocument document, Optional<ApiAnswer> api, CatalogChange change) {
    if (api.isEmpty()) {
      surroundings.say(
          "New API "
              + document.api()
              + " (\""
              + Plain.text(document.name())
              + "\"), whose tokens will start with "
              + document.prefix()
              + "_, for ever.");
    } else if (!api.get().name().equals(document.name())) {
      surroundings.say(
          "API "
              + document.api()
              + " is renamed from \""
              + Plain.text(api.get().name())
              + "\" to \""
              + Plain.text(document.name())
              + "\".");
    }
    CatalogWords.lines(change).forEach(line -> surroundings.say(Plain.text(line)));
  }

  private int apply(
      BittingClient client,
      CatalogFile catalog,
      CatalogDocument document,
      boolean putApi,
      CatalogChange seen) {
    String api = document.api().text();
    if (putApi) {
      client.putApi(api, new ApiForm(document.name(), document.prefix().text())).orThrow();
    }
    CatalogChange applied =
        Approval.applied(
            client.putCatalog(api, catalog.text(), Optional.ofNullable(seen.confirmation())));
    surroundings.say(
        "Applied. The catalog of " + api + " is at version " + applied.version() + ".");
    surroundings.say(
        "Create a key: bitting keys create --api "
            + api
            + " --name … --scope "
            + document.entries().getFirst().scope()
            + connection.again());
    presentation.showJson(applied);
    return ExitCode.OK;
  }
}
