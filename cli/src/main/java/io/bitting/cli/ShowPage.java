package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "page",
    header = "Get the page that documents an API: its operations and their scopes.",
    description = {
      "The page is one HTML file that loads nothing. The server shows it to everybody at /apis/API, if the operations were imported with --published."
    },
    footer = {
      "  bitting apis page library --output library.html",
      "  bitting apis page library > library.html"
    })
final class ShowPage implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "API", description = "Its id.")
  private String api = "";

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write it to a new file instead of standard output.")
  private @Nullable String file;

  @Option(names = "--force", description = "Write over a file that exists.")
  private boolean force;

  @Mixin private final Connection connection;

  ShowPage(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.connection = new Connection(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    Outcome<String> asked = client.page(api);
    if (Offered.isMissing(asked) && Offered.isMissing(client.catalog(api))) {
      new Offered(client).api(api);
      throw new StopException(
          ExitCode.NOT_FOUND,
          "API " + api + " has no page, since it has no catalog",
          "Give it one: bitting catalog apply FILE");
    }
    String page = asked.orThrow();
    if (file == null) {
      surroundings.out().print(page);
      surroundings.out().flush();
    } else {
      write(file, page);
      surroundings.say("The page of " + api + " is in " + file + ".");
    }
    return ExitCode.OK;
  }

  private void write(String name, String page) {
    Path path = surroundings.path(name);
    try {
      Files.writeString(path, page, StandardCharsets.UTF_8, options());
    } catch (FileAlreadyExistsException e) {
      throw new StopException(
          ExitCode.CONFLICT, name + " exists", "Give --force to write over it, or name another.");
    } catch (IOException e) {
      throw new StopException(
          ExitCode.FAILURE, name + " cannot be written: " + Problems.reason(e), "");
    }
  }

  private OpenOption[] options() {
    return force
        ? new OpenOption[] {
          StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE
        }
        : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
  }
}
