package io.bitting.samples.appsec;

import static io.bitting.scope.Requirement.allOf;

import io.bitting.samples.Answer;
import io.bitting.samples.Call;
import io.bitting.samples.Endpoint;
import io.bitting.samples.Fields;
import io.bitting.samples.Operation;
import io.bitting.samples.Operation.Body;
import java.time.Instant;
import java.util.List;

/** The operations on scans. */
final class Scans {
  static final List<Endpoint<Workspace>> ENDPOINTS =
      List.of(
          Operation.get("/scans", "list scans", allOf("scans:read")).by(Scans::list),
          Operation.get("/scans/{id}", "show a scan", allOf("scans:read")).by(Scans::show),
          Operation.post("/scans", "run a scan", allOf("scans:run"))
              .taking(
                  Body.JSON,
                  "{\"target\": \"https://shop.example.com\", \"name\": \"Shop, by hand\"}")
              .by(Scans::run),
          Operation.patch("/scans/{id}", "edit a scan's settings", allOf("scans:manage"))
              .taking(Body.JSON, "{\"requests_per_second\": 5}")
              .by(Scans::edit),
          Operation.post("/scans/{id}/retest", "retest a scan", allOf("scans:manage"))
              .by(Scans::retest),
          Operation.post("/scans/{id}/stop", "stop a scan", allOf("scans:stop"))
              .example("/scans/3/stop")
              .by(Scans::stop),
          Operation.delete("/scans/{id}", "delete a scan", allOf("scans:delete")).by(Scans::delete),
          // Whoever starts or stops a scan may see how far it is: a pipeline needs no further scope
          // to wait for its end.
          Operation.get(
                  "/scans/{id}/progress",
                  "show how far a scan is",
                  Any.of("scans:read", "scans:run", "scans:stop"))
              .by(Scans::progress),
          Operation.get(
                  "/scans/{id}/report",
                  "show a scan with its issues",
                  allOf("scans:read", "issues:read"))
              .by(Scans::report));

  private Scans() {}

  private static Answer list(Workspace w, Call call) {
    Instant now = w.now();
    return Answer.found("scans", w.scans.all().stream().map(scan -> scan.shown(now)).toList());
  }

  private static Answer show(Workspace w, Call call) {
    return w.scans.at(call.id(), scan -> Answer.found(scan.shown(w.now())));
  }

  private static Answer run(Workspace w, Call call) {
    Fields fields = call.fields();
    String target = Target.read(fields);
    Settings settings = Settings.read(fields);
    return fields.then(() -> start(w, target, settings));
  }

  /** Starts a scan and shows it. */
  static Answer start(Workspace w, String target, Settings settings) {
    Instant now = w.now();
    return w.scans.create(
        id -> Scan.started(id, target, settings, null, now), scan -> scan.shown(now));
  }

  private static Answer edit(Workspace w, Call call) {
    return w.scans.at(
        call.id(),
        scan -> {
          Settings settings = scan.settings().edited(call.fields());
          return call.fields()
              .then(() ->
                  Answer.found(w.scans.replace(scan.id(), scan.set(settings)).shown(w.now())));
        });
  }

  private static Answer retest(Workspace w, Call call) {
    return w.scans.at(call.id(), scan -> again(w, scan));
  }

  private static Answer again(Workspace w, Scan scan) {
    Instant now = w.now();
    return w.scans.create(
        id -> Scan.started(id, scan.target(), scan.settings(), scan.id(), now),
        retest -> retest.shown(now));
  }

  private static Answer stop(Workspace w, Call call) {
    Instant now = w.now();
    return w.scans.at(
        call.id(),
        scan ->
            scan.isRunning(now)
                ? Answer.found(w.scans.replace(scan.id(), scan.stopped(now)).shown(now))
                : Answer.conflict("Scan " + scan.id() + " does not run, so it cannot be stopped."));
  }

  private static Answer delete(Workspace w, Call call) {
    return w.scans.at(
        call.id(),
        scan ->
            scan.isRunning(w.now())
                ? Answer.conflict("Scan " + scan.id() + " is running; stop it before deleting it.")
                : w.scans.delete(scan.id()));
  }

  private record Progress(Scan.Status status, int percent) {}

  private static Answer progress(Workspace w, Call call) {
    Instant now = w.now();
    return w.scans.at(
        call.id(), scan -> Answer.found(new Progress(scan.status(now), scan.percent(now))));
  }

  private record Report(Scan.Shown scan, List<Issue> issues) {}

  private static Answer report(Workspace w, Call call) {
    return w.scans.at(
        call.id(),
        scan -> {
          List<Issue> issues =
              w.issues.all().stream().filter(issue -> issue.scan().equals(scan.id())).toList();
          return Answer.found(new Report(scan.shown(w.now()), issues));
        });
  }
}
