package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.MatchingRevocation;
import io.bitting.client.protocol.MatchingRevocationAnswer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "revoke-matching",
    header = "Refuse every key for ever that a filter leaves.",
    description =
        "Shows first which keys those are. Then it asks; a script gives the number of keys with --confirm-count, and if there is another number by then nothing is changed.",
    footer = {
      "  bitting keys revoke-matching --created-by 8sKd03LwQz1X --plan",
      "  bitting keys revoke-matching --unused-for 180d --reason unused",
      "  bitting keys revoke-matching --created-by 8sKd03LwQz1X --reason member_left --confirm-count 4"
    })
final class RevokeMatchingKeys extends OrganizationCommand {
  @Option(
      names = "--plan",
      description = "Show which keys those are and change nothing. Exit code 10 if there are any.")
  private boolean plan;

  @Option(
      names = "--confirm-count",
      paramLabel = "N",
      description = "How many keys those are, instead of being asked.")
  private @Nullable Integer confirmCount;

  @Mixin private final KeyConditions conditions = new KeyConditions();
  @Mixin private final RevocationOptions why = new RevocationOptions();
  @Mixin private final Questions questions;

  RevokeMatchingKeys(Surroundings surroundings) {
    super(surroundings);
    this.questions = new Questions(surroundings);
  }

  @Override
  public Integer call() {
    Map<String, Object> filter = conditions.given();
    if (filter.isEmpty()) {
      throw StopException.usage(
          "no filter is given, and all keys are never meant",
          "Give at least one of --state, --api, --scope, --created-by, --expires-within, --unused-for, --all-scopes and --text.");
    }
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    MatchingRevocationAnswer planned =
        client
            .revokeMatchingKeys(
                organization, new MatchingRevocation(filter, null, null, true, null))
            .orThrow();
    if (plan || planned.count() == 0) {
      presentation.show(planned, () -> print(organization, planned));
      return planned.count() == 0 ? ExitCode.OK : ExitCode.DIFFERENCES;
    }
    int count = confirmed(organization, planned);
    MatchingRevocationAnswer revoked =
        client
            .revokeMatchingKeys(
                organization, new MatchingRevocation(filter, why.reason(), why.note(), null, count))
            .orThrow();
    surroundings.say(
        "Revoked "
            + Plain.count(revoked.count(), "key")
            + " of "
            + organization
            + ". The node that answered refuses them from now on, every other one within 2 s.");
    presentation.showJson(revoked);
    return ExitCode.OK;
  }

  private int confirmed(String organization, MatchingRevocationAnswer planned) {
    if (confirmCount != null) {
      return confirmCount;
    }
    planned.keys().forEach(surroundings::say);
    questions.confirm(
        Plain.count(planned.count(), "key")
            + " of "
            + organization
            + " will be refused for ever"
            + (planned.includesCaller() ? ", the one that you use among them" : ""),
        "Revoke them",
        "Give --confirm-count " + planned.count() + " to go on without one.");
    return planned.count();
  }

  private void print(String organization, MatchingRevocationAnswer planned) {
    planned.keys().forEach(surroundings::print);
    surroundings.say(
        planned.count() == 0
            ? "No key of " + organization + " is like that; nothing was changed."
            : Plain.count(planned.count(), "key")
                + " of "
                + organization
                + " would be revoked"
                + (planned.includesCaller() ? ", the one that you use among them" : "")
                + "; nothing was changed.");
  }
}
