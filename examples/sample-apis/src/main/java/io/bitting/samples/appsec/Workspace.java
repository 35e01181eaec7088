package io.bitting.samples.appsec;

import io.bitting.samples.Numbered;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one organization has in AppSec. Not thread-safe but for its wires: its calls are answered
 * one at a time.
 */
final class Workspace {
  final Numbered<Scan> scans = new Numbered<>("scan", "/scans");
  final Numbered<Issue> issues = new Numbered<>("issue", "/issues");
  final Numbered<StoredFile> files = new Numbered<>("file", "/files");
  final Numbered<Repository> repositories = new Numbered<>("repository", "/repositories");
  final Numbered<Repeater> repeaters = new Numbered<>("repeater", "/repeaters");
  final Numbered<Script> scripts = new Numbered<>("script", "/scripts");

  private final Map<String, Wire> wires = new HashMap<>();
  private final Clock clock;

  private Workspace(Clock clock) {
    this.clock = clock;
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Returns the connection of a repeater with the engine. */
  Wire wire(Repeater repeater) {
    return wires.computeIfAbsent(repeater.id(), id -> new Wire());
  }

  /** Ends the connection of a repeater; who waits on it is answered. */
  void cut(Repeater repeater) {
    Wire wire = wires.remove(repeater.id());
    if (wire != null) {
      wire.close();
    }
  }

  /**
   * Makes what every organization starts with: the same each time, but for the times of the scan
   * that runs.
   */
  static Workspace seeded(Clock clock) {
    Workspace w = new Workspace(clock);
    Instant now = w.now();
    Instant monday = Instant.parse("2026-01-05T08:00:00Z");

    w.repeaters.add(id ->
        new Repeater(
            id, "Berlin data centre", List.of("shop.internal", "billing.internal"), monday));
    w.repeaters.add(id -> new Repeater(id, "Staging", List.of("staging.internal"), monday));

    Settings thorough = new Settings("Shop, nightly", List.of("sql_injection", "xss", "csrf"), 20);
    Settings quick = new Settings("Billing, each release", List.of("sql_injection", "xss"), 10);
    w.scans.add(id -> Scan.started(id, "https://shop.example.com", thorough, null, monday));
    w.scans.add(id ->
        Scan.started(id, "https://billing.example.com", quick, null, monday)
            .stopped(monday.plusSeconds(90)));
    w.scans.add(id ->
        Scan.started(id, "https://staging.example.com", quick.named("Staging, now"), null, now));

    w.issues.add(id ->
        Issue.detected(
            id,
            "SQL injection in the search box",
            Issue.Severity.CRITICAL,
            "1",
            "https://shop.example.com/search?q="));
    w.issues.add(id ->
        Issue.detected(
                id,
                "Reflected XSS in the error page",
                Issue.Severity.HIGH,
                "1",
                "https://shop.example.com/error?why=")
            .assigned("grace@example.com"));
    w.issues.add(id ->
        Issue.detected(
            id,
            "Cookie without the Secure attribute",
            Issue.Severity.LOW,
            "2",
            "https://billing.example.com/"));

    w.files.add(id ->
        StoredFile.of(
            id,
            "recording.har",
            "GET https://shop.example.com/\nGET https://shop.example.com/search?q=shoes\n",
            monday));
    w.files.add(id ->
        StoredFile.of(
            id,
            "openapi.yaml",
            "openapi: 3.1.0\ninfo: {title: Billing, version: '1'}\nservers: [{url: 'https://billing.example.com'}]\n",
            monday));

    w.repositories.add(id ->
        new Repository(
            id,
            Repository.Kind.GITHUB_REPOSITORY,
            "example/shop",
            "https://github.com/example/shop"));
    w.repositories.add(id ->
        new Repository(
            id,
            Repository.Kind.SLACK_CHANNEL,
            "#security",
            "https://example.slack.com/archives/security"));
    w.repositories.add(id ->
        new Repository(
            id,
            Repository.Kind.JIRA_BOARD,
            "SEC board",
            "https://example.atlassian.net/jira/boards/1"));

    w.scripts.add(id ->
        new Script(
            id, "Sign requests", "1", "request.header('X-Signature', hmac(request.body))", monday));
    w.scripts.add(
        id -> new Script(id, "Drop cookies", "1", "response.remove('Set-Cookie')", monday));
    return w;
  }
}
