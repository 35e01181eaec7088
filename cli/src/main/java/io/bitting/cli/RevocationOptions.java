package io.bitting.cli;

import io.bitting.client.protocol.RevocationForm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Why a key is revoked. */
final class RevocationOptions {
  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "${COMPLETION-CANDIDATES}. Other unless given.")
  private @Nullable Reason reason;

  /** The reasons. */
  enum Reason {
    leaked,
    unused,
    replaced,
    member_left,
    other
  }

  @Option(names = "--note", paramLabel = "TEXT", description = "What else there is to say.")
  private @Nullable String note;

  RevocationForm form() {
    return new RevocationForm(reason(), note);
  }

  @Nullable String reason() {
    return reason == null ? null : reason.name();
  }

  @Nullable String note() {
    return note;
  }
}
