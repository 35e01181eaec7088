package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.CoverageAnswer;
import io.bitting.client.protocol.OperationAnswer;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "coverage",
    header = "Show what each operation of an API requires, and what is amiss.",
    description = {
      "Amiss are operations of which nobody says what they require, scopes that are required and not in the catalog, and scopes that guard nothing.",
      "Exit code 0 if nothing is, 1 otherwise: for CI."
    },
    footer = {"  bitting apis coverage appsec", "  bitting apis coverage appsec -o json"})
final class ShowCoverage extends ServerCommand {
  @Parameters(paramLabel = "API", description = "Its id.")
  private String api = "";

  ShowCoverage(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    CoverageAnswer coverage = new Offered(client).of(api, client.coverage(api));
    presentation.show(coverage, () -> print(coverage));
    sayAmiss(coverage);
    return coverage.complete() ? ExitCode.OK : ExitCode.FAILURE;
  }

  private void print(CoverageAnswer coverage) {
    Table table = new Table("operation", "requires", "summary");
    for (OperationAnswer operation : coverage.operations()) {
      table.row(
          operation.method() + " " + operation.path(),
          RequirementWords.of(operation.requirement()),
          operation.summary());
    }
    table.print(surroundings);
  }

  private void sayAmiss(CoverageAnswer coverage) {
    if (coverage.operations().isEmpty()) {
      surroundings.say(
          "The API "
              + api
              + " has no operations; give it some: bitting apis import "
              + api
              + " FILE");
    }
    say("undeclared, and so refused to every key", coverage.undeclared());
    say("required, and not in the catalog", coverage.unknownScopes());
    say("in the catalog, and guarding nothing", coverage.unusedScopes());
    if (coverage.complete()) {
      surroundings.say(Plain.count(coverage.operations().size(), "operation") + ", nothing amiss.");
    }
  }

  private void say(String what, List<String> which) {
    if (!which.isEmpty()) {
      surroundings.say(Plain.text(which.size() + " " + what + ": " + String.join(", ", which)));
    }
  }
}
