package io.bitting.cli;

import io.bitting.client.protocol.ApiAnswer;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    header = "List the protected APIs.",
    footer = {"  bitting apis list", "  bitting apis list -o json"})
final class ListApis extends ServerCommand {
  ListApis(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    List<ApiAnswer> apis = connection.client().apis().orThrow().items();
    presentation.show(apis, () -> print(apis));
    return ExitCode.OK;
  }

  private void print(List<ApiAnswer> apis) {
    Times times = new Times(surroundings.clock());
    Table table = new Table("api", "name", "prefix", "catalog", "created");
    for (ApiAnswer api : apis) {
      String version = api.catalogVersion() == null ? "none" : "version " + api.catalogVersion();
      table.row(
          api.id(),
          api.name(),
          api.prefix(),
          version,
          api.builtIn() ? "built in" : times.relative(api.createdAt()));
    }
    table.print(surroundings);
  }
}
