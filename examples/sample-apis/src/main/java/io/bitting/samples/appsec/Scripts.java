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

/** The operations on scripts. */
final class Scripts {
  static final List<Endpoint<Workspace>> ENDPOINTS =
      List.of(
          Operation.get("/scripts", "list scripts", allOf("scripts:read")).by(Scripts::list),
          Operation.get("/scripts/{id}", "show a script", allOf("scripts:read")).by(Scripts::show),
          Operation.post("/scripts", "create a script", allOf("scripts:write"))
              .taking(
                  Body.JSON,
                  "{\"name\": \"Log\", \"repeater\": \"1\", \"source\": \"log(request)\"}")
              .by(Scripts::create),
          Operation.patch("/scripts/{id}", "edit a script", allOf("scripts:write"))
              .taking(Body.JSON, "{\"source\": \"log(request.path)\"}")
              .by(Scripts::edit),
          Operation.delete("/scripts/{id}", "delete a script", allOf("scripts:write"))
              .by(Scripts::delete));

  private static final int SOURCE_LENGTH_MAX = 20_000;

  private Scripts() {}

  private static Answer list(Workspace w, Call call) {
    return Answer.found("scripts", w.scripts.all());
  }

  private static Answer show(Workspace w, Call call) {
    return w.scripts.at(call.id(), Answer::found);
  }

  private static Answer create(Workspace w, Call call) {
    Fields fields = call.fields();
    String name = fields.line("name", 100);
    String repeater = fields.line("repeater", 20);
    String source = fields.text("source", SOURCE_LENGTH_MAX);
    checkRepeater(w, fields, repeater);
    Instant now = w.now();
    return fields.then(() ->
        w.scripts.create(id -> new Script(id, name, repeater, source, now), script -> script));
  }

  private static Answer edit(Workspace w, Call call) {
    return w.scripts.at(
        call.id(),
        script -> {
          Fields fields = call.fields();
          Script edited =
              new Script(
                  script.id(),
                  fields.optionalLine("name", 100).orElse(script.name()),
                  fields.optionalLine("repeater", 20).orElse(script.repeater()),
                  fields.optionalText("source", SOURCE_LENGTH_MAX).orElse(script.source()),
                  script.createdAt());
          checkRepeater(w, fields, edited.repeater());
          return fields.then(() -> Answer.found(w.scripts.replace(edited.id(), edited)));
        });
  }

  private static void checkRepeater(Workspace w, Fields fields, String repeater) {
    if (!repeater.isEmpty() && w.repeaters.find(repeater).isEmpty()) {
      fields.fault(
          "repeater",
          "value_out_of_range",
          "there is no repeater \"" + repeater + "\"",
          "send the id of one that GET /repeaters lists");
    }
  }

  private static Answer delete(Workspace w, Call call) {
    return w.scripts.delete(call.id());
  }
}
