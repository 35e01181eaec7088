package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.MemberAnswer;
import io.bitting.client.protocol.RemovedMember;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "remove",
    header = "Remove a member.",
    description =
        "There is no way back but another invitation. On a terminal the mail address has to be typed; a script gives it with --confirm.",
    footer = {
      "  bitting members remove ada@example.com",
      "  bitting members remove Mb3kT8wQ5zXa --confirm=ada@example.com"
    })
final class RemoveMember extends MemberCommand {
  @Option(
      names = "--confirm",
      paramLabel = "MAIL",
      description = "The member's mail address, instead of typing it.")
  private @Nullable String confirm;

  @Mixin private final Questions questions;

  RemoveMember(Surroundings surroundings) {
    super(surroundings);
    this.questions = new Questions(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    MemberAnswer found = found(client, organization);
    confirm(found, organization);
    RemovedMember removed = client.removeMember(organization, found.id()).orThrow();
    surroundings.say(
        "Removed " + MemberWords.named(removed.member()) + " from " + organization + ".");
    if (presentation.isJson()) {
      presentation.showJson(removed);
    } else if (!removed.keys().isEmpty()) {
      surroundings.say(
          Plain.count(removed.keys().size(), "key")
              + (removed.moreKeys() ? " and more" : "")
              + " of theirs work still. Decide about them: bitting review show"
              + again());
      removed.keys().forEach(surroundings::print);
    }
    return ExitCode.OK;
  }

  private void confirm(MemberAnswer found, String organization) {
    if (confirm == null) {
      questions.typed(
          MemberWords.named(found) + " will be no member of " + organization + " any more",
          found.mail(),
          "Give the address to go on without one: --confirm=" + found.mail());
    } else if (!confirm.equals(found.mail())) {
      throw StopException.usage(
          "--confirm says \"" + confirm + "\", and the member's address is " + found.mail(),
          "Look whether it is the member that is meant: bitting members show "
              + found.id()
              + again());
    }
  }
}
