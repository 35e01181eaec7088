package io.bitting.samples.appsec;

import static io.bitting.scope.Requirement.allOf;

import io.bitting.samples.Answer;
import io.bitting.samples.Call;
import io.bitting.samples.Endpoint;
import io.bitting.samples.Operation;
import io.bitting.samples.Operation.Body;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The operations by which a repeater and the engine talk: each posts messages to the other and
 * waits for those of the other.
 */
final class Bot {
  /** How long a call may wait for messages. */
  static final Duration WAIT_MAX = Duration.ofSeconds(30);

  static final List<Endpoint<Workspace>> ENDPOINTS =
      List.of(
          Operation.post(
                  "/bot/{id}/to-engine", "send the engine a message of a repeater", allOf("bot"))
              .taking(Body.JSON, "{\"text\": \"ready\"}")
              .by((w, call) -> post(w, call, Wire::toEngine)),
          Operation.get("/bot/{id}/to-engine", "wait for messages to the engine", allOf("bot"))
              .query("after", "wait")
              .by((w, call) -> poll(w, call, Wire::toEngine)),
          Operation.post(
                  "/bot/{id}/to-repeater", "send a repeater a message of the engine", allOf("bot"))
              .taking(Body.JSON, "{\"text\": \"GET https://shop.internal/\"}")
              .by((w, call) -> post(w, call, Wire::toRepeater)),
          Operation.get("/bot/{id}/to-repeater", "wait for messages to a repeater", allOf("bot"))
              .query("after", "wait")
              .by((w, call) -> poll(w, call, Wire::toRepeater)));

  private static final int TEXT_LENGTH_MAX = 8_000;

  private Bot() {}

  private static Answer post(Workspace w, Call call, Function<Wire, Channel> direction) {
    return w.repeaters.at(
        call.id(),
        repeater -> {
          String text = call.fields().text("text", TEXT_LENGTH_MAX);
          return call.fields()
              .then(() -> Answer.found(direction.apply(w.wire(repeater)).post(text, w.now())));
        });
  }

  private static Answer poll(Workspace w, Call call, Function<Wire, Channel> direction) {
    Optional<Long> after = number(call, "after", Integer.MAX_VALUE);
    Optional<Long> wait = number(call, "wait", WAIT_MAX.toSeconds());
    if (after.isEmpty()) {
      return Answer.queryInvalid(
          "The query parameter \"after\" is not the number of a message, or 0 for all.");
    }
    if (wait.isEmpty()) {
      return Answer.queryInvalid(
          "The query parameter \"wait\" is not a number of seconds from 0 to "
              + WAIT_MAX.toSeconds()
              + ".");
    }
    return w.repeaters.at(
        call.id(),
        repeater ->
            direction.apply(w.wire(repeater)).poll(after.get(), Duration.ofSeconds(wait.get())));
  }

  /** Reads a number of the query, 0 if it is not there; empty if it is none or too large. */
  private static Optional<Long> number(Call call, String name, long most) {
    String text = call.query(name).orElse("0");
    return text.matches("[0-9]{1,10}")
        ? Optional.of(Long.valueOf(text)).filter(n -> n <= most)
        : Optional.empty();
  }
}
