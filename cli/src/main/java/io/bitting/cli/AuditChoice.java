package io.bitting.cli;

import io.bitting.client.AuditQuery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which audit events a command is about. */
final class AuditChoice {
  @Option(
      names = "--installation",
      description = "The chain of the installation instead of an organization's.")
  private boolean installation;

  @Option(
      names = "--action",
      paramLabel = "ACTION",
      description = "Events of this action, as key.created.")
  private @Nullable String action;

  @Option(names = "--actor", paramLabel = "ID", description = "Events by this key or member.")
  private @Nullable String actor;

  @Option(
      names = "--target",
      paramLabel = "ID",
      description = "Events on this key, organization or API.")
  private @Nullable String target;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Events from this time on: 2026-01-31, or 2026-01-31T09:00:00Z.")
  private @Nullable String from;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Events before this time; a date is its beginning, UTC.")
  private @Nullable String until;

  boolean isInstallation() {
    return installation;
  }

  /** Tells whether it leaves nothing out. */
  boolean isAll() {
    return action == null && actor == null && target == null && from == null && until == null;
  }

  AuditQuery query() {
    AuditQuery query = AuditQuery.all();
    query = action == null ? query : query.action(action);
    query = actor == null ? query : query.actor(actor);
    query = target == null ? query : query.target(target);
    query = from == null ? query : query.from(time("--from", from));
    return until == null ? query : query.until(time("--until", until));
  }

  private static Instant time(String option, String text) {
    return Times.read(text)
        .orElseThrow(() ->
            StopException.usage(
                option + " is \"" + text + "\", which is no time",
                "Give a date, as 2026-01-31, or a time, as 2026-01-31T09:00:00Z."));
  }
}
