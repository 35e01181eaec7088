package io.bitting.cli;

import io.bitting.server.catalogs.CatalogDocument;
import io.bitting.server.catalogs.CatalogFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "lint",
    header = "Explain everything that is wrong with catalog files.",
    description =
        "Needs neither server nor token. Each fault is shown with its line, the value, the rule and a remedy.",
    footer = {"  bitting catalog lint library.yaml", "  bitting catalog lint catalogs/*.yaml"})
final class LintCatalog implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "YAML, or JSON in a file named .json.")
  private List<String> files = new ArrayList<>();

  @Mixin private final Presentation presentation;

  LintCatalog(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.presentation = new Presentation(surroundings);
  }

  @Override
  public Integer call() {
    List<Map<String, Object>> found = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String file : files) {
      switch (CatalogFile.read(surroundings, file).reading()) {
        case CatalogDocument.Sound(CatalogDocument document) ->
            lines.add(file + ": " + summary(document));
        case CatalogDocument.Faulty(List<CatalogFault> faults) -> {
          lines.addAll(CatalogFile.lines(file, faults));
          faults.forEach(fault -> found.add(json(file, fault)));
        }
      }
    }
    presentation.show(found, () -> lines.forEach(line -> surroundings.print(Plain.text(line))));
    if (!found.isEmpty()) {
      surroundings.say(Plain.count(found.size(), "fault") + " found.");
    }
    return found.isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
  }

  private static String summary(CatalogDocument document) {
    Set<String> categories = new LinkedHashSet<>();
    document.entries().forEach(entry -> categories.add(entry.category()));
    return "no fault; API "
        + document.api()
        + ", prefix "
        + document.prefix()
        + ", "
        + Plain.count(document.entries().size(), "scope")
        + " in "
        + Plain.count(categories.size(), "category", "categories");
  }

  private static Map<String, Object> json(String file, CatalogFault fault) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("file", file);
    members.put("line", fault.line());
    members.put("pointer", fault.pointer());
    members.put("code", fault.code().code());
    members.put("message", fault.message());
    members.put("fix", fault.fix());
    return members;
  }
}
