package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.CatalogAnswer;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a new key is to be allowed: scopes by name, all, or those of a template. */
final class NewScopeChoice extends ScopeChoice {
  @Option(
      names = "--template",
      paramLabel = "NAME",
      description = "The scopes of a template of the API's catalog. The key does not remember it.")
  private @Nullable String template;

  /**
   * Returns the scopes that were named, or those of the template.
   *
   * @throws StopException if the catalog has no such template
   */
  List<String> scopes(BittingClient client, String api) {
    String name = template;
    if (name == null) {
      return scopes();
    }
    List<CatalogAnswer.Template> templates = client.catalog(api).orThrow().templates();
    return templates.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .map(CatalogAnswer.Template::scopes)
        .orElseThrow(() ->
            new StopException(
                ExitCode.NOT_FOUND,
                "the catalog of " + api + " has no template \"" + Plain.text(name) + "\"",
                templates.isEmpty()
                    ? "It has none; name scopes with --scope."
                    : "There are: "
                        + templates.stream()
                            .map(each -> Plain.text(each.name()))
                            .collect(Collectors.joining(", "))));
  }
}
