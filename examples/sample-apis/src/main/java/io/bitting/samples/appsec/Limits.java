package io.bitting.samples.appsec;

import io.bitting.samples.Answer;
import io.bitting.samples.Call;
import io.bitting.samples.Endpoint;
import io.bitting.samples.Numbered;
import io.bitting.samples.Operation;
import io.bitting.scope.Requirement;
import java.util.List;

/** What a caller must keep to, for any valid key: it shows nothing of the organization. */
final class Limits {
  static final List<Endpoint<Workspace>> ENDPOINTS =
      List.of(
          Operation.get("/limits", "show the limits", new Requirement.AnyValidKey())
              .by(Limits::show));

  private Limits() {}

  private record Shown(
      int jsonBytesMax, int fileBytesMax, int thingsMax, int messagesKept, long waitSecondsMax) {}

  private static Answer show(Workspace w, Call call) {
    return Answer.found(
        new Shown(
            Operation.Body.JSON.bytesMax(),
            Operation.Body.BYTES.bytesMax(),
            Numbered.COUNT_MAX,
            Channel.KEPT_MAX,
            Bot.WAIT_MAX.toSeconds()));
  }
}
