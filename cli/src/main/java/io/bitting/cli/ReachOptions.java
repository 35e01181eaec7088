package io.bitting.cli;

import io.bitting.client.protocol.ReachForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How far a key is to issue and verify. */
final class ReachOptions {
  @Option(
      names = "--verifies",
      paramLabel = "API",
      description = "API whose tokens the key may verify; it needs keys:verify too. Repeatable.")
  private List<String> verifies = new ArrayList<>();

  @Option(
      names = "--issues",
      paramLabel = "API=SCOPES",
      description =
          "API for which the key may issue keys, up to these scopes, separated by blanks; it needs keys:issue too. Repeatable.")
  private Map<String, String> issues = new LinkedHashMap<>();

  @Option(
      names = "--issues-all",
      paramLabel = "API",
      description = "API for which the key may issue keys, up to all scopes. Repeatable.")
  private List<String> issuesAll = new ArrayList<>();

  @Option(
      names = "--reaches-everything",
      description = "The key may issue and verify for every API.")
  private boolean reachesEverything;

  /** Returns it, or null if nothing was said. */
  @Nullable ReachForm form() {
    boolean limited = !verifies.isEmpty() || !issues.isEmpty() || !issuesAll.isEmpty();
    if (reachesEverything && limited) {
      throw StopException.usage(
          "--reaches-everything leaves nothing to --verifies, --issues and --issues-all",
          "Give one or the other.");
    }
    if (reachesEverything) {
      return new ReachForm.Everything();
    }
    List<ReachForm.Issuable> issuable = new ArrayList<>();
    issues.forEach((of, scopes) -> issuable.add(ReachForm.Issuable.of(of, Words.of(scopes))));
    issuesAll.forEach(of -> issuable.add(ReachForm.Issuable.all(of)));
    return limited ? new ReachForm.Limited(issuable, verifies) : null;
  }
}
