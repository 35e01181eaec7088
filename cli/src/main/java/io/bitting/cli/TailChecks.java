package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.ChecksAnswer;
import io.bitting.client.protocol.ChecksAnswer.CheckAnswer;
import io.bitting.client.protocol.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "tail",
    header = "Show the last checks of an organization's keys, each by itself.",
    description = {
      "The server keeps the last 128 of an organization in memory, and shows those that it made"
          + " itself: of several nodes one. Of more than 16 a second for long, some that were"
          + " allowed are left out, and none that was refused. The token needs audit:read.",
      "",
      "What this command line asked with its own key is left out."
    },
    footer = {
      "  bitting checks tail",
      "  bitting checks tail -n 100",
      "  bitting checks tail --follow",
      "  bitting checks tail --own"
    })
final class TailChecks extends OrganizationCommand {
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
  private static final int LIMIT_MAX = 200;

  @Option(
      names = "-n",
      paramLabel = "N",
      description = "So many, 1 to 200. Default: ${DEFAULT-VALUE}.")
  private int limit = 20;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with those that are made, until interrupted.")
  private boolean follow;

  @Option(
      names = "--own",
      description = "Those of the key that asks, too, by which this command line works.")
  private boolean own;

  TailChecks(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new StopException(
          ExitCode.USAGE, "-n is " + limit + "; it is to be 1 to " + LIMIT_MAX, "");
    }
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    String asking = own ? "" : client.whoami().orThrow().key().id();
    ChecksAnswer checks = client.checks(organization, Optional.empty(), LIMIT_MAX).orThrow();
    show(without(asking, checks, limit));
    if (checks.items().isEmpty() && !follow) {
      surroundings.say("This server has checked no key of " + organization + " since it began.");
    }
    String cursor = checks.cursor();
    while (follow && surroundings.isWritten()) {
      surroundings.flush();
      LockSupport.parkNanos(AGAIN_AFTER.toNanos());
      ChecksAnswer more = client.checks(organization, Optional.of(cursor), LIMIT_MAX).orThrow();
      ChecksAnswer others = without(asking, more, LIMIT_MAX);
      if (!others.items().isEmpty()) {
        show(others);
      }
      cursor = more.cursor();
    }
    return ExitCode.OK;
  }

  /** Leaves out what a key was checked for; of the others the last. */
  private static ChecksAnswer without(String key, ChecksAnswer checks, int limit) {
    List<CheckAnswer> others =
        checks.items().stream().filter(check -> !check.key().equals(key)).toList();
    return new ChecksAnswer(
        others.subList(Math.max(others.size() - limit, 0), others.size()), checks.cursor());
  }

  private void show(ChecksAnswer checks) {
    int width = checks.items().stream().mapToInt(check -> name(check).length()).max().orElse(0);
    presentation.show(
        checks, () -> checks.items().forEach(check -> surroundings.print(line(check, width))));
  }

  private static String name(CheckAnswer check) {
    return check.keyName() == null ? check.key() : check.keyName();
  }

  private static String line(CheckAnswer check, int width) {
    StringBuilder line = new StringBuilder(Json.time(check.at()));
    line.append("  ").append(String.format("%-7s", check.decision()));
    line.append("  ").append(name(check)).append(" ".repeat(width - name(check).length()));
    if (check.api() != null) {
      line.append("  ").append(check.api());
      if (check.operation() != null) {
        line.append(' ').append(check.operation());
      }
      if (check.reason() == null && check.requirement() != null) {
        line.append("  ").append(RequirementWords.of(check.requirement()));
      }
    }
    if (check.reason() != null) {
      line.append("  ").append(check.reason());
    }
    if (!check.missingScopes().isEmpty()) {
      line.append(": lacks ").append(String.join(" ", check.missingScopes()));
    }
    if (check.source() != null) {
      line.append("  from ").append(check.source());
    }
    return Plain.text(line.toString());
  }
}
