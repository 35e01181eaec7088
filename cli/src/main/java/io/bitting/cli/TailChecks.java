package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.ChecksAnswer;
import io.bitting.client.protocol.ChecksAnswer.CheckAnswer;
import io.bitting.client.protocol.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "tail",
    header = "Show the last checks of an organization's keys, each by itself.",
    description = {
      "The server keeps the last 128 of an organization in memory, and shows those that it made"
          + " itself: of several nodes one. Of more than 16 a second for long, some that were"
          + " allowed are left out, and none that was refused. The token needs audit:read."
    },
    footer = {
      "  bitting checks tail",
      "  bitting checks tail -n 100",
      "  bitting checks tail --follow"
    })
final class TailChecks implements Callable<Integer> {
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
  private static final int LIMIT_MAX = 200;

  private final Surroundings surroundings;

  @Option(
      names = "-n",
      paramLabel = "N",
      description = "So many, 1 to 200. Default: ${DEFAULT-VALUE}.")
  private int limit = 20;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with those that are made, until interrupted.")
  private boolean follow;

  @Mixin private final Connection connection;
  @Mixin private final InOrganization inOrganization = new InOrganization();
  @Mixin private final Presentation presentation;

  TailChecks(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.connection = new Connection(surroundings);
    this.presentation = new Presentation(surroundings);
  }

  @Override
  public Integer call() {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new StopException(
          ExitCode.USAGE, "-n is " + limit + "; it is to be 1 to " + LIMIT_MAX, "");
    }
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    ChecksAnswer checks = client.checks(organization, Optional.empty(), limit).orThrow();
    presentation.show(checks, () -> print(checks));
    if (checks.items().isEmpty() && !follow) {
      surroundings.say("This server has checked no key of " + organization + " since it began.");
    }
    String cursor = checks.cursor();
    while (follow && surroundings.isWritten()) {
      surroundings.flush();
      LockSupport.parkNanos(AGAIN_AFTER.toNanos());
      ChecksAnswer more = client.checks(organization, Optional.of(cursor), LIMIT_MAX).orThrow();
      if (!more.items().isEmpty()) {
        presentation.show(more, () -> print(more));
      }
      cursor = more.cursor();
    }
    return ExitCode.OK;
  }

  private void print(ChecksAnswer checks) {
    checks.items().forEach(check -> surroundings.print(line(check)));
  }

  private static String line(CheckAnswer check) {
    StringBuilder line = new StringBuilder(Json.time(check.at()));
    line.append("  ").append(check.key()).append("  ");
    line.append(String.format("%-7s", check.decision()));
    if (check.reason() != null) {
      line.append("  ").append(check.reason());
    }
    if (!check.missingScopes().isEmpty()) {
      line.append(": lacks ").append(String.join(" ", check.missingScopes()));
    }
    if (check.api() != null) {
      line.append("  ").append(check.api()).append(' ');
      line.append(
          check.operation() != null
              ? check.operation()
              : check.requirement() == null ? "-" : RequirementWords.of(check.requirement()));
    }
    if (check.source() != null) {
      line.append("  from ").append(check.source());
    }
    return Plain.text(line.toString());
  }
}
