package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.OrganizationAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "suspend",
    header = "Refuse all keys of an organization until it is resumed.",
    description = "The token needs organizations:manage.",
    footer = {
      "  bitting organizations suspend acme",
      "  bitting organizations suspend acme --force"
    })
final class SuspendOrganization extends ServerCommand {
  @Parameters(paramLabel = "ORG", description = "Slug or id.")
  private String organization = "";

  @Option(names = "--force", description = "Do not ask.")
  private boolean force;

  @Mixin private final Questions questions;

  SuspendOrganization(Surroundings surroundings) {
    super(surroundings);
    this.questions = new Questions(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    if (!force) {
      questions.confirm(
          "all keys of " + organization + " will be refused until it is resumed",
          "Suspend it",
          "Give --force to go on without one.");
    }
    OrganizationAnswer suspended = client.suspendOrganization(organization).orThrow();
    surroundings.say(
        "Suspended organization "
            + suspended.slug()
            + ". Its keys are refused from now on, on every node within 2 s.");
    surroundings.say(
        "Undo it: bitting organizations resume " + suspended.slug() + connection.again());
    presentation.showJson(suspended);
    return ExitCode.OK;
  }
}
