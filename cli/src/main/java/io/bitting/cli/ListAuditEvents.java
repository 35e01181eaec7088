package io.bitting.cli;

import io.bitting.client.AuditQuery;
import io.bitting.client.BittingClient;
import io.bitting.client.protocol.AuditEventAnswer;
import io.bitting.client.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    header = "List audit events, newest first: who did what, when and from where.",
    description =
        "The token needs audit:read; for the installation's chain organizations:read as well.",
    footer = {
      "  bitting audit list",
      "  bitting audit list --action key.revoked --limit 200",
      "  bitting audit list --from 2026-01-01 --until 2026-02-01",
      "  bitting audit list --installation -o json"
    })
final class ListAuditEvents extends OrganizationCommand {
  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most this many. Default: ${DEFAULT-VALUE}.")
  private int limit = 50;

  @Mixin private final AuditChoice choice = new AuditChoice();

  ListAuditEvents(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    AuditQuery query = query();
    Pages.Some<AuditEventAnswer> events =
        choice.isInstallation()
            ? Pages.first(
                limit, cursor -> client.auditEvents(cursor.map(query::after).orElse(query)))
            : inOrganization(client, query);
    presentation.show(events.rows(), () -> print(events));
    return ExitCode.OK;
  }

  private Pages.Some<AuditEventAnswer> inOrganization(BittingClient client, AuditQuery query) {
    String organization = inOrganization.of(client);
    return Pages.first(
        limit, cursor -> client.auditEvents(organization, cursor.map(query::after).orElse(query)));
  }

  private AuditQuery query() {
    return choice.query().limit(Math.clamp(limit, 1, 200));
  }

  private void print(Pages.Some<AuditEventAnswer> events) {
    if (events.rows().isEmpty()) {
      surroundings.say("No event is like that. See them all: bitting audit list" + again());
      return;
    }
    Table table = new Table("number", "at", "action", "actor", "target", "source", "changes");
    for (AuditEventAnswer event : events.rows()) {
      table.row(
          String.valueOf(event.number()),
          Json.time(event.at()),
          event.action(),
          event.actor().kind() + " " + event.actor().id(),
          event.target().kind() + " " + event.target().id(),
          event.source() == null ? "-" : event.source(),
          changes(event));
    }
    table.print(surroundings);
    if (events.more()) {
      surroundings.say("There are older ones; give a higher --limit.");
    }
  }

  @Override
  String again() {
    return choice.isInstallation() ? " --installation" + connection.again() : super.again();
  }

  private static String changes(AuditEventAnswer event) {
    List<String> changes = new ArrayList<>();
    for (AuditEventAnswer.Change change : event.changes()) {
      String before = change.before() == null ? "" : change.before() + " → ";
      changes.add(
          change.name() + ": " + before + (change.after() == null ? "none" : change.after()));
    }
    return String.join(", ", changes);
  }
}
