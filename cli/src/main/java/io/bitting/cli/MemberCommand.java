package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.MemberAnswer;
import picocli.CommandLine.Parameters;

/** A command about one member. */
abstract class MemberCommand extends OrganizationCommand {
  @Parameters(paramLabel = "MEMBER", description = "Mail address or id.")
  private String member = "";

  MemberCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /**
   * Finds the member that is named.
   *
   * @throws StopException if there is none
   */
  final MemberAnswer found(BittingClient client, String organization) {
    return new MemberFinder(client, organization).find(member);
  }
}
