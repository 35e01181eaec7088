package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.OperationsUpload;
import io.bitting.client.Outcome;
import io.bitting.client.protocol.OperationAnswer;
import io.bitting.client.protocol.OperationsChange;
import io.bitting.client.protocol.Problem;
import io.bitting.openapi.OpenApiDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    header = "Give an API the operations of its OpenAPI document.",
    description = {
      "Shows what is added, removed and changed, what would need no key, and which keys could call more or less; then asks. Until the answer is yes, nothing is changed.",
      "An operation of which the document does not say what it requires is refused to every key. The token needs apis:manage."
    },
    footer = {
      "  bitting apis import library openapi.yaml",
      "  bitting apis import library openapi.yaml --plan",
      "  bitting apis import petstore petstore.yaml --scheme api_key --scheme petstore_auth"
    })
final class ImportOperations extends ServerCommand {
  private static final int SHOWN_MAX = 20;

  /** A note on a scope of the catalog that no operation requires. */
  private static final String UNUSED = "scope_unused";

  /** Notes on what has a list or a line of its own. */
  private static final Set<String> SAID_ABOVE =
      Set.of(UNUSED, "scope_unknown", "undeclared", "anonymous");

  @Parameters(index = "0", paramLabel = "API", description = "Its id.")
  private String api = "";

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "OpenAPI 3.0 or 3.1, or Swagger 2.0: YAML, or JSON in a file named .json.")
  private String file = "";

  @Option(
      names = "--scheme",
      paramLabel = "NAME",
      description =
          "A security scheme of the document that a Bitting key stands for. Repeatable; needed if the document has several.")
  private List<String> schemes = new ArrayList<>();

  @Option(
      names = "--any-of",
      paramLabel = "OPERATION",
      description =
          "An operation whose list of scopes means any one of them, by operationId or as \"GET /books\"; * for all. Repeatable.")
  private List<String> anyOf = new ArrayList<>();

  @Option(
      names = "--base-path",
      paramLabel = "PATH",
      description = "The base path of all operations, in place of that of the document's servers.")
  private @Nullable String basePath;

  @Option(
      names = "--published",
      negatable = true,
      description = "Whether everybody may read the page that lists the operations.")
  private @Nullable Boolean published;

  @Mixin private final Approval approval = new Approval();
  @Mixin private final Questions questions;

  ImportOperations(Surroundings surroundings) {
    super(surroundings);
    this.questions = new Questions(surroundings);
  }

  @Override
  public Integer call() {
    TextFile document = TextFile.read(surroundings, file, "a document", OpenApiDocument.BYTES_MAX);
    OperationsUpload upload =
        new OperationsUpload(
            document.isJson(),
            document.text(),
            schemes,
            anyOf,
            Optional.ofNullable(basePath),
            Optional.ofNullable(published));
    BittingClient client = connection.client();
    OperationsChange change = tried(client, client.tryOperations(api, upload));
    say(change);
    if (!isChange(change) && published == null) {
      presentation.showJson(change);
      surroundings.say(
          "Nothing to change: "
              + api
              + " has these "
              + Plain.count(change.total(), "operation")
              + ", version "
              + change.version()
              + ".");
      return ExitCode.OK;
    }
    if (approval.isPlan()) {
      presentation.showJson(change);
      surroundings.say("Nothing was changed.");
      return ExitCode.DIFFERENCES;
    }
    approval.get(
        questions, "the operations of " + api + " at " + client.base() + " will change so");
    OperationsChange applied =
        Approval.applied(
            client.putOperations(api, upload, Optional.ofNullable(change.confirmation())));
    presentation.showJson(applied);
    surroundings.say(
        "Applied: "
            + api
            + " has "
            + Plain.count(applied.total(), "operation")
            + ", version "
            + applied.version()
            + ".");
    return ExitCode.OK;
  }

  private OperationsChange tried(BittingClient client, Outcome<OperationsChange> outcome) {
    if (outcome instanceof Outcome.Refused<OperationsChange> refused
        && faults(refused.problem()).stream()
            .anyMatch(fault -> fault.code().equals("openapi_scheme_unnamed"))) {
      surroundings.say("Say what a key stands for, once or several times: --scheme NAME");
    }
    return new Offered(client).of(api, outcome);
  }

  private static List<Problem.Fault> faults(Problem problem) {
    List<Problem.Fault> faults = problem.faults();
    return faults == null ? List.of() : faults;
  }

  private static boolean isChange(OperationsChange change) {
    OperationsChange.Difference difference = change.difference();
    return !difference.added().isEmpty()
        || !difference.removed().isEmpty()
        || !difference.changed().isEmpty()
        || !difference.reworded().isEmpty();
  }

  private void say(OperationsChange change) {
    OperationsChange.Difference difference = change.difference();
    list(
        "New",
        difference.added().stream()
            .map(each -> name(each) + ": " + RequirementWords.of(each.requirement()))
            .toList());
    list("Gone", difference.removed());
    list(
        "Changed",
        difference.changed().stream()
            .map(each ->
                name(each.operation())
                    + ": "
                    + RequirementWords.of(each.operation().requirement())
                    + ", so far "
                    + RequirementWords.of(each.before()))
            .toList());
    list("Described otherwise", difference.reworded());
    list("OPEN TO EVERYBODY from now on", change.opened());
    if (published != null) {
      surroundings.say(
          published
              ? "Everybody may read the page that lists them."
              : "Nobody may read the page that lists them.");
    }
    list("Undeclared, and so refused to every key", change.undeclared());
    list(
        "Scopes that the catalog does not have, so that no key can hold them",
        change.newScopes().stream()
            .map(each ->
                each.scope() + (each.description().isEmpty() ? "" : ": " + each.description()))
            .toList());
    list(
        "To look at",
        change.notes().stream()
            .filter(note -> !SAID_ABOVE.contains(note.code()))
            .map(note -> file + ":" + note.line() + ": " + note.message())
            .toList());
    long unused = change.notes().stream().filter(note -> note.code().equals(UNUSED)).count();
    if (unused > 0) {
      surroundings.say(
          Plain.count(unused, "scope")
              + " of the catalog would guard nothing; afterwards this lists them: bitting apis coverage "
              + api);
    }
    list("Keys that could call more", keys(change.gaining()), change.gainingTotal());
    list("Keys that could call less", keys(change.losing()), change.losingTotal());
  }

  private static String name(OperationAnswer operation) {
    return operation.method() + " " + operation.path();
  }

  private static List<String> keys(List<OperationsChange.Affected> keys) {
    return keys.stream()
        .map(key ->
            key.display()
                + " \""
                + key.name()
                + "\" of "
                + key.organization()
                + ": "
                + String.join(", ", key.operations())
                + (key.operationsTotal() > key.operations().size()
                    ? " and " + (key.operationsTotal() - key.operations().size()) + " more"
                    : ""))
        .toList();
  }

  private void list(String heading, List<String> lines) {
    list(heading, lines, lines.size());
  }

  private void list(String heading, List<String> lines, long total) {
    if (total == 0) {
      return;
    }
    surroundings.say(heading + " (" + total + "):");
    lines.stream().limit(SHOWN_MAX).forEach(line -> surroundings.say("  " + Plain.text(line)));
    if (total > Math.min(lines.size(), SHOWN_MAX)) {
      surroundings.say(
          "  and " + (total - Math.min(lines.size(), SHOWN_MAX)) + " more; all with -o json");
    }
  }
}
