package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.UsageQuery;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.KeyUsageAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "usage",
    header = "Show what a key was really used for.",
    footer = {
      "  bitting keys usage nightly",
      "  bitting keys usage nightly --last 90",
      "  bitting keys usage nightly --by hour -o json"
    })
final class ShowKeyUsage extends KeyCommand {
  private static final int DAYS_MAX = 3_650;
  private static final Pattern DAYS = Pattern.compile("[1-9][0-9]{0,3}");

  @Option(
      names = "--last",
      paramLabel = "DAYS",
      description = "How many days back. Default: ${DEFAULT-VALUE}.")
  private String last = "30";

  @Option(
      names = "--by",
      paramLabel = "PERIOD",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Period by = Period.day;

  /** How long a period is. */
  enum Period {
    hour,
    day
  }

  ShowKeyUsage(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    Duration back = back();
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    KeyAnswer found = found(client, organization);
    UsageQuery query = UsageQuery.lately().from(surroundings.clock().instant().minus(back));
    KeyUsageAnswer usage =
        client
            .keyUsage(organization, found.id(), by == Period.day ? query.byDay() : query)
            .orThrow();
    presentation.show(usage, () -> print(found, usage));
    return ExitCode.OK;
  }

  private Duration back() {
    if (!DAYS.matcher(last).matches() || Integer.parseInt(last) > DAYS_MAX) {
      throw new StopException(
          ExitCode.USAGE,
          "--last is \"" + last + "\"; it is to be a number of days from 1 to " + DAYS_MAX,
          "");
    }
    return Duration.ofDays(Integer.parseInt(last));
  }

  private void print(KeyAnswer found, KeyUsageAnswer usage) {
    Times times = new Times(surroundings.clock());
    List<Table.Pair> pairs = new ArrayList<>();
    pairs.add(new Table.Pair("Key", KeyWords.named(found)));
    KeyUsageAnswer.LastUse lastUse = usage.lastUse();
    pairs.add(new Table.Pair("Last used", times.both(lastUse == null ? null : lastUse.at())));
    if (lastUse != null && lastUse.source() != null) {
      pairs.add(new Table.Pair("From", lastUse.source()));
    }
    if (lastUse != null && lastUse.userAgent() != null) {
      pairs.add(new Table.Pair("By", Plain.text(lastUse.userAgent())));
    }
    Table.printPairs(surroundings, pairs);
    if (!usage.complete()) {
      surroundings.say(
          "Not everything of these "
              + last
              + " days is known: what is not here may have been called all the same.");
    }
    if (usage.uses().isEmpty()) {
      surroundings.say("No use within the last " + last + " days.");
      return;
    }
    surroundings.print("");
    Table uses = new Table("operation", "requires", "allowed", "denied", "last");
    for (KeyUsageAnswer.Use use : usage.uses()) {
      uses.row(
          use.operation() == null ? "-" : use.operation(),
          RequirementWords.of(use.requirement()),
          String.valueOf(use.allowed()),
          String.valueOf(use.denied()),
          times.relative(use.last()));
    }
    uses.print(surroundings);
    surroundings.print("");
    Table scopes = new Table("scope", "allowed", "denied", "last");
    for (KeyUsageAnswer.ScopeUse scope : usage.scopes()) {
      scopes.row(
          scope.scope(),
          String.valueOf(scope.allowed()),
          String.valueOf(scope.denied()),
          times.relative(scope.last()));
    }
    scopes.print(surroundings);
    surroundings.print("");
    Table periods = new Table(by.name(), "allowed", "denied");
    for (KeyUsageAnswer.Period period : usage.periods()) {
      String from = period.from().toString();
      periods.row(
          period.hours() == 24 ? from.substring(0, 10) : from.substring(0, 13) + "h",
          String.valueOf(period.allowed()),
          String.valueOf(period.denied()));
    }
    periods.print(surroundings);
  }
}
