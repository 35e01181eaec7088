package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.KeyAnswer;
import picocli.CommandLine.Parameters;

/** A command about one key. */
abstract class KeyCommand extends OrganizationCommand {
  @Parameters(paramLabel = "KEY", description = "Name, id, or prefix and id.")
  private String key = "";

  KeyCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /**
   * Finds the key that is named.
   *
   * @throws StopException if there is none, or more than one
   */
  final KeyAnswer found(BittingClient client, String organization) {
    return new KeyFinder(client, organization).find(key);
  }
}
