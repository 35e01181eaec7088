package io.bitting.cli;

import io.bitting.client.protocol.OrganizationAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "resume",
    header = "Accept the keys of a suspended organization again.",
    description = "The token needs organizations:manage.",
    footer = {"  bitting organizations resume acme"})
final class ResumeOrganization extends ServerCommand {
  @Parameters(paramLabel = "ORG", description = "Slug or id.")
  private String organization = "";

  ResumeOrganization(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    OrganizationAnswer resumed = connection.client().resumeOrganization(organization).orThrow();
    surroundings.say("Resumed organization " + resumed.slug() + ".");
    presentation.showJson(resumed);
    return ExitCode.OK;
  }
}
