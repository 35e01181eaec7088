package io.bitting.cli;

import picocli.CommandLine.Mixin;

/** A command about what an organization has. */
abstract class OrganizationCommand extends ServerCommand {
  @Mixin final InOrganization inOrganization = new InOrganization();

  OrganizationCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /** Repeats the options that say whose things of which server, for a command to run next. */
  String again() {
    return inOrganization.again() + connection.again();
  }
}
