package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.ApiAnswer;
import io.bitting.client.protocol.ApiForm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "put",
    header = "Make an API, or change its name or key header.",
    description = "bitting catalog apply does this and more. The token needs apis:manage.",
    footer = {
      "  bitting apis put library --name Library --prefix lib",
      "  bitting apis put library --name Library --prefix lib --key-header X-Library-Key"
    })
final class PutApi extends ServerCommand {
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

  @ArgGroup private @Nullable Header header;

  /** What carries its keys besides what every API takes. */
  private static final class Header {
    @Option(
        names = "--key-header",
        paramLabel = "HEADER",
        required = true,
        description =
            "A header that carries its keys at gateways, besides Authorization and X-API-Key.")
    private @Nullable String name;

    @Option(
        names = "--no-key-header",
        required = true,
        description = "No header but those that every API takes.")
    private boolean none;

    ApiForm.Header form() {
      return none ? ApiForm.Header.NONE : new ApiForm.Header(name);
    }
  }

  PutApi(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    ApiAnswer put =
        client
            .putApi(api, new ApiForm(name, prefix, header == null ? null : header.form()))
            .orThrow();
    surroundings.say(
        "API "
            + put.id()
            + " is \""
            + Plain.text(put.name())
            + "\"; its tokens start with "
            + put.prefix()
            + "_."
            + (put.keyHeader() == null
                ? ""
                : " Gateways take them in " + Plain.text(put.keyHeader()) + ", too."));
    if (put.catalogVersion() == null) {
      surroundings.say("Give it a catalog: bitting catalog apply FILE");
    }
    presentation.showJson(put);
    return ExitCode.OK;
  }
}
