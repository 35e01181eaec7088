package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.ApiAnswer;
import io.bitting.client.protocol.CatalogAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    header = "Show an API with the scopes of its catalog.",
    footer = {"  bitting apis show appsec", "  bitting apis show appsec -o json"})
final class ShowApi extends ServerCommand {
  @Parameters(paramLabel = "API", description = "Its id.")
  private String api = "";

  ShowApi(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    ApiAnswer found = new Offered(client).api(api);
    Optional<CatalogAnswer> catalog =
        found.catalogVersion() == null
            ? Optional.empty()
            : Optional.of(client.catalog(api).orThrow());
    Map<String, Object> both = new LinkedHashMap<>();
    both.put("api", found);
    both.put("catalog", catalog.orElse(null));
    presentation.show(both, () -> print(found, catalog));
    return ExitCode.OK;
  }

  private void print(ApiAnswer found, Optional<CatalogAnswer> catalog) {
    Table.printPairs(
        surroundings,
        List.of(
            new Table.Pair("API", found.id()),
            new Table.Pair("Name", found.name()),
            new Table.Pair(
                "Prefix", found.prefix() + ", tokens start with " + found.prefix() + "_"),
            new Table.Pair(
                "Header", found.keyHeader() == null ? "none of its own" : found.keyHeader()),
            new Table.Pair(
                "Catalog",
                catalog
                    .map(one ->
                        "version "
                            + one.version()
                            + ", "
                            + Plain.count(one.scopes().size(), "scope"))
                    .orElse("none")),
            new Table.Pair("Created", new Times(surroundings.clock()).both(found.createdAt()))));
    catalog.ifPresentOrElse(
        this::print, () -> surroundings.say("Give it a catalog: bitting catalog apply FILE"));
  }

  private void print(CatalogAnswer catalog) {
    surroundings.print("");
    Table table = new Table("scope", "category", "access", "description");
    for (CatalogAnswer.Entry entry : catalog.scopes()) {
      List<String> remarks = new ArrayList<>();
      if (entry.retired()) {
        remarks.add("retired");
      }
      if (entry.included()) {
        remarks.add("of Bitting");
      }
      if (!entry.implies().isEmpty()) {
        remarks.add("implies " + String.join(" ", entry.implies()));
      }
      String remark = remarks.isEmpty() ? "" : " (" + String.join("; ", remarks) + ")";
      table.row(entry.scope(), entry.category(), entry.access(), entry.description() + remark);
    }
    table.print(surroundings);
  }
}
