package io.bitting.cli;

import io.bitting.client.protocol.OrganizationAnswer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "resume",
    header = "Accept the keys of a suspended organization again.",
    description = "The token needs organizations:manage.",
    footer = {"  bitting organizations resume acme"})
final class ResumeOrganization implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "ORG", description = "Slug or id.")
  private String organization = "";

  @Mixin private final Connection connection;
  @Mixin private final Presentation presentation;

  ResumeOrganization(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.connection = new Connection(surroundings);
    this.presentation = new Presentation(surroundings);
  }

  @Override
  public Integer call() {
    OrganizationAnswer resumed = connection.client().resumeOrganization(organization).orThrow();
    surroundings.say("Resumed organization " + resumed.slug() + ".");
    presentation.showJson(resumed);
    return ExitCode.OK;
  }
}
