package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.MemberQuery;
import io.bitting.client.protocol.MemberAnswer;
import io.bitting.client.protocol.MfaAnswer;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "mfa",
    header = "Show whom a required second factor keeps out.",
    description = "To be looked at before it is required. The token needs org.memberships:read.",
    footer = {"  bitting members mfa", "  bitting members mfa --from 14d"})
final class ShowMfa extends OrganizationCommand {
  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "From when on: now, in 14d, on a date or at a time.")
  private @Nullable String from;

  ShowMfa(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    Optional<Instant> at =
        Optional.ofNullable(from).map(text -> MfaStart.read(surroundings.clock(), "--from", text));
    MfaAnswer mfa = client.mfa(organization, at).orThrow();
    presentation.show(mfa, () -> print(client, organization, mfa));
    return ExitCode.OK;
  }

  private void print(BittingClient client, String organization, MfaAnswer mfa) {
    Times times = new Times(surroundings.clock());
    surroundings.say(
        mfa.requiredFrom() == null
            ? "Organization " + organization + " requires no second factor."
            : "Organization "
                + organization
                + " requires a second factor from "
                + times.both(mfa.requiredFrom())
                + " on.");
    if (mfa.lockedOut().isEmpty()) {
      boolean deserted =
          client.members(organization, MemberQuery.all()).orThrow().items().isEmpty();
      surroundings.say(deserted ? "It has no members." : "Every member has one.");
      return;
    }
    surroundings.say(
        Plain.count(mfa.lockedOut().size(), "member")
            + (mfa.more() ? " and more" : "")
            + " without one; from "
            + times.both(mfa.lockedOutFrom())
            + " on they could do nothing but get one:");
    MemberWords.printAll(surroundings, mfa.lockedOut());
    if (!mfa.enrolFirst().isEmpty()) {
      surroundings.say(
          "It can be required once these owners and admins have one: "
              + mfa.enrolFirst().stream().map(MemberAnswer::mail).collect(Collectors.joining(", "))
              + ".");
    }
  }
}
