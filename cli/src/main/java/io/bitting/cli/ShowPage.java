package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.Outcome;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private final OutputFile output;
  @Mixin private final Connection connection;

  ShowPage(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.output = new OutputFile(surroundings);
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
    output
        .write(out -> out.accept(page))
        .ifPresent(file -> surroundings.say("The page of " + api + " is in " + file + "."));
    return ExitCode.OK;
  }
}
