package io.bitting.cli;

import io.bitting.client.AuditFormat;
import io.bitting.client.AuditPart;
import io.bitting.client.AuditQuery;
import io.bitting.client.BittingClient;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "export",
    header = "Export audit events in their order, with signed checkpoints.",
    description = {
      "First has the server sign where the chain stands, so that the export has everything up to now. One without filters can be checked without a server: bitting audit verify.",
      "The token needs audit:read; for the installation's chain organizations:read as well."
    },
    footer = {
      "  bitting audit export --output audit.ndjson",
      "  bitting audit export --format csv --from 2026-01-01 --output january.csv",
      "  bitting audit export --installation > installation.ndjson"
    })
final class ExportAudit implements Callable<Integer> {
  private static final int PART = 5_000;

  private final Surroundings surroundings;

  /** The forms, as they are typed. */
  enum Form {
    ndjson,
    csv
  }

  @Option(
      names = "--format",
      paramLabel = "FORM",
      description =
          "${COMPLETION-CANDIDATES}: with everything that verifying takes, or a table for spreadsheets. Default: ${DEFAULT-VALUE}.")
  private Form format = Form.ndjson;

  @Mixin private final OutputFile output;
  @Mixin private final AuditChoice choice = new AuditChoice();
  @Mixin private final Connection connection;
  @Mixin private final InOrganization inOrganization = new InOrganization();

  ExportAudit(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.output = new OutputFile(surroundings);
    this.connection = new Connection(surroundings);
  }

  @Override
  public Integer call() {
    AuditQuery query = choice.query().limit(PART);
    BittingClient client = connection.client();
    AuditFormat form = format == Form.csv ? AuditFormat.CSV : AuditFormat.NDJSON;
    Function<AuditQuery, AuditPart> ask;
    if (choice.isInstallation()) {
      client.createAuditCheckpoint().orThrow();
      ask = part -> client.exportAudit(part, form).orThrow();
    } else {
      String organization = inOrganization.of(client);
      client.createAuditCheckpoint(organization).orThrow();
      ask = part -> client.exportAudit(organization, part, form).orThrow();
    }
    output
        .write(out -> export(query, ask, out))
        .ifPresent(file -> surroundings.say("The export is in " + file + "." + advice(file)));
    return ExitCode.OK;
  }

  private String advice(String name) {
    if (format == Form.csv || !choice.isAll()) {
      return " Only one in ndjson and without filters can be verified.";
    }
    return " Check it: bitting audit verify " + name + " --key-file KEY";
  }

  private static void export(
      AuditQuery query, Function<AuditQuery, AuditPart> ask, Consumer<String> write) {
    Optional<String> cursor = Optional.empty();
    do {
      AuditPart part = ask.apply(cursor.map(query::after).orElse(query));
      write.accept(part.text());
      cursor = part.nextCursor();
    } while (cursor.isPresent());
  }
}
