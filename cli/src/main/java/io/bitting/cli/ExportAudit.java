package io.bitting.cli;

import io.bitting.client.AuditFormat;
import io.bitting.client.AuditPart;
import io.bitting.client.AuditQuery;
import io.bitting.client.BittingClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write it to a new file instead of standard output.")
  private @Nullable String file;

  @Option(names = "--force", description = "Write over a file that exists.")
  private boolean force;

  @Mixin private final AuditChoice choice = new AuditChoice();
  @Mixin private final Connection connection;
  @Mixin private final InOrganization inOrganization = new InOrganization();

  ExportAudit(Surroundings surroundings) {
    this.surroundings = surroundings;
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
    if (file == null) {
      export(query, ask, text -> surroundings.out().print(text));
      surroundings.out().flush();
    } else {
      write(file, query, ask);
      surroundings.say("The export is in " + file + "." + advice(file));
    }
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

  /** A file that is not whole does not stay. */
  private void write(String name, AuditQuery query, Function<AuditQuery, AuditPart> ask) {
    Path path = surroundings.path(name);
    try {
      try (Writer out = Files.newBufferedWriter(path, StandardCharsets.UTF_8, options())) {
        export(query, ask, text -> append(out, text));
      } catch (RuntimeException e) {
        Files.deleteIfExists(path);
        throw e;
      }
    } catch (FileAlreadyExistsException e) {
      throw new StopException(
          ExitCode.CONFLICT, name + " exists", "Give --force to write over it, or name another.");
    } catch (UncheckedIOException e) {
      throw cannotWrite(name, java.util.Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw cannotWrite(name, e);
    }
  }

  private static void append(Writer out, String text) {
    try {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StopException cannotWrite(String name, IOException e) {
    return new StopException(
        ExitCode.FAILURE, name + " cannot be written: " + Problems.reason(e), "");
  }

  private OpenOption[] options() {
    return force
        ? new OpenOption[] {
          StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE
        }
        : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
  }
}
