package io.bitting.cli;

import io.bitting.client.BittingClient;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose things a command is about. */
final class InOrganization {

  @Option(
      order = HelpOrder.ORGANIZATION,
      names = "--organization",
      paramLabel = "ORG",
      description = "Slug or id. The token's own organization unless given.")
  private @Nullable String organization;

  /** Returns slug or id. */
  String of(BittingClient client) {
    return Optional.ofNullable(organization)
        .orElseGet(() -> client.whoami().orThrow().organization().slug());
  }

  /** Repeats the option, for a command to run next. */
  String again() {
    return organization == null ? "" : " --organization " + organization;
  }
}
