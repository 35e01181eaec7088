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

/** The operations on repeaters. */
final class Repeaters {
  static final List<Endpoint<Workspace>> ENDPOINTS =
      List.of(
          Operation.get("/repeaters", "list repeaters", allOf("repeaters:read"))
              .by(Repeaters::list),
          Operation.get("/repeaters/{id}", "show a repeater", allOf("repeaters:read"))
              .by(Repeaters::show),
          Operation.post("/repeaters", "create a repeater", allOf("repeaters:write"))
              .taking(Body.JSON, "{\"name\": \"Office\", \"hosts\": [\"wiki.internal\"]}")
              .by(Repeaters::create),
          Operation.patch("/repeaters/{id}", "edit a repeater", allOf("repeaters:write"))
              .taking(Body.JSON, "{\"name\": \"Berlin\"}")
              .by(Repeaters::edit),
          Operation.delete("/repeaters/{id}", "delete a repeater", allOf("repeaters:write"))
              .example("/repeaters/2")
              .by(Repeaters::delete),
          Operation.post(
                  "/repeaters/{id}/test",
                  "test a repeater's connection to a host",
                  allOf("repeaters:write"))
              .taking(Body.JSON, "{\"host\": \"shop.internal\"}")
              .by(Repeaters::test),
          // For people who look at scripts, and for the repeater itself, which runs them.
          Operation.get(
                  "/repeaters/{id}/scripts",
                  "list the scripts of a repeater",
                  Any.of("scripts:read", "bot"))
              .by(Repeaters::scripts));

  private Repeaters() {}

  private static Answer list(Workspace w, Call call) {
    return Answer.found(
        "repeaters", w.repeaters.all().stream().map(r -> r.shown(w.wire(r))).toList());
  }

  private static Answer show(Workspace w, Call call) {
    return w.repeaters.at(call.id(), repeater -> Answer.found(repeater.shown(w.wire(repeater))));
  }

  private static Answer create(Workspace w, Call call) {
    Fields fields = call.fields();
    String name = fields.line("name", 100);
    List<String> hosts = fields.optionalLines("hosts", 50, 253).orElse(List.of());
    Instant now = w.now();
    return fields.then(() ->
        w.repeaters.create(
            id -> new Repeater(id, name, hosts, now),
            repeater -> repeater.shown(w.wire(repeater))));
  }

  private static Answer edit(Workspace w, Call call) {
    return w.repeaters.at(
        call.id(),
        repeater -> {
          String name = call.fields().optionalLine("name", 100).orElse(repeater.name());
          List<String> hosts =
              call.fields().optionalLines("hosts", 50, 253).orElse(repeater.hosts());
          Repeater edited = new Repeater(repeater.id(), name, hosts, repeater.createdAt());
          return call.fields()
              .then(() ->
                  Answer.found(w.repeaters.replace(edited.id(), edited).shown(w.wire(edited))));
        });
  }

  private static Answer delete(Workspace w, Call call) {
    return w.repeaters.at(
        call.id(),
        repeater -> {
          if (!scriptsOf(w, repeater).isEmpty()) {
            return Answer.conflict(
                "Repeater "
                    + repeater.id()
                    + " has scripts; delete them or move them to another repeater first.");
          }
          w.cut(repeater);
          return w.repeaters.delete(repeater.id());
        });
  }

  private record Connection(String host, boolean reachable) {}

  private static Answer test(Workspace w, Call call) {
    return w.repeaters.at(
        call.id(),
        repeater -> {
          String host = call.fields().line("host", 253);
          return call.fields()
              .then(() -> Answer.found(new Connection(host, repeater.hosts().contains(host))));
        });
  }

  private static Answer scripts(Workspace w, Call call) {
    return w.repeaters.at(call.id(), repeater -> Answer.found("scripts", scriptsOf(w, repeater)));
  }

  private static List<Script> scriptsOf(Workspace w, Repeater repeater) {
    return w.scripts.all().stream()
        .filter(script -> script.repeater().equals(repeater.id()))
        .toList();
  }
}
