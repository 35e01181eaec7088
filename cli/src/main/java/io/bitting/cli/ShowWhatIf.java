package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.GrantForm;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.WhatIfAnswer;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "what-if",
    header = "Show which recorded calls of a key other scopes would have denied.",
    description =
        "Changes nothing. Exits with 10 if a call would have been denied, so that a script can ask before it replaces a key.",
    footer = {
      "  bitting keys what-if nightly --scope scans:read",
      "  bitting keys what-if nightly --scope \"scans:read issues:read\" --from 30d"
    })
final class ShowWhatIf extends KeyCommand {
  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description = "A scope to try; once for each, or several in quotes.")
  private List<String> scopes = List.of();

  @Option(names = "--all-scopes", description = "Try all scopes.")
  private boolean allScopes;

  @Mixin private final InWindow inWindow;

  ShowWhatIf(Surroundings surroundings) {
    super(surroundings);
    this.inWindow = new InWindow(surroundings);
  }

  @Override
  public Integer call() {
    if (allScopes == !scopes.isEmpty()) {
      throw StopException.usage(
          allScopes
              ? "--scope and --all-scopes exclude each other"
              : "nothing says which scopes to try",
          "Give --scope, once for each, or --all-scopes.");
    }
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    KeyAnswer found = found(client, organization);
    GrantForm grant = allScopes ? GrantForm.all() : GrantForm.of(Words.of(scopes));
    WhatIfAnswer whatIf =
        client.whatIf(organization, found.id(), grant, inWindow.window()).orThrow();
    presentation.show(whatIf, () -> print(found, whatIf));
    return whatIf.denials().isEmpty() ? ExitCode.OK : ExitCode.DIFFERENCES;
  }

  private void print(KeyAnswer found, WhatIfAnswer whatIf) {
    if (!whatIf.denials().isEmpty()) {
      Table table = new Table("operation", "calls", "missing");
      for (WhatIfAnswer.Denial denial : whatIf.denials()) {
        table.row(
            ReviewWords.what(denial.use()),
            String.valueOf(denial.use().calls()),
            String.join(" ", denial.missing()));
      }
      table.print(surroundings);
    }
    surroundings.say(
        (whatIf.denials().isEmpty() ? "None" : whatIf.deniedCalls())
            + " of "
            + Plain.count(whatIf.calls(), "recorded call")
            + " of key "
            + KeyWords.named(found)
            + " would have been denied."
            + (whatIf.complete() ? "" : " A part of the record is lost, so there may be more."));
  }
}
