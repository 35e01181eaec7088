package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.ApiAnswer;
import io.bitting.client.protocol.ApiForm;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "put",
    header = "Make an API, or rename one.",
    description = "bitting catalog apply does this and more. The token needs apis:manage.",
    footer = {"  bitting apis put library --name Library --prefix lib"})
final class PutApi implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "API", description = "Its id, for ever.")
  private String api = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "What people call it.")
  private String name = "";

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      required = true,
      description = "How its tokens start, for ever.")
  private String prefix = "";

  @Mixin private final Connection connection;
  @Mixin private final Presentation presentation;

  PutApi(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.connection = new Connection(surroundings);
    this.presentation = new Presentation(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    ApiAnswer put = client.putApi(api, new ApiForm(name, prefix)).orThrow();
    surroundings.say(
        "API "
            + put.id()
            + " is \""
            + Plain.text(put.name())
            + "\"; its tokens start with "
            + put.prefix()
            + "_.");
    if (put.catalogVersion() == null) {
      surroundings.say("Give it a catalog: bitting catalog apply FILE");
    }
    if (presentation.isJson()) {
      presentation.show(put, () -> {});
    }
    return ExitCode.OK;
  }
}
