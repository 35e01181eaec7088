package io.bitting.server.console;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import java.util.Set;

/** Does something with a key that needs no further word: three forms of one button each. */
final class SubmitKeyForm extends KeyScreen {
  private final String operationId;
  private final String said;

  /** Of the three the names, the paths and the words differ. */
  private SubmitKeyForm(Desk desk, String verb, String path, String operationId, String said) {
    super(desk, Route.form(verb + "KeyForm", "/keys/{key}/" + path));
    this.operationId = operationId;
    this.said = said;
  }

  /** Disables a key. */
  static SubmitKeyForm disable(Desk desk) {
    return new SubmitKeyForm(
        desk,
        "disable",
        "disable",
        "disableKey",
        "Disabled. This node refuses the key now, every other node within 2 s, until somebody enables it.");
  }

  /** Enables a key. */
  static SubmitKeyForm enable(Desk desk) {
    return new SubmitKeyForm(
        desk, "enable", "enable", "enableKey", "Enabled. The key is accepted again.");
  }

  /** Ends the overlap of a rotation or replacement. */
  static SubmitKeyForm endOverlap(Desk desk) {
    return new SubmitKeyForm(
        desk,
        "endOverlap",
        "end-overlap",
        "endOverlap",
        "The overlap is over. This node refuses the old token now, every other node within 2 s.");
  }

  @Override
  public Answer handle(Call call) {
    return desk.take(
        call,
        (visitor, form) -> {
          Reply reply = ask(call, visitor, operationId).send();
          if (reply.isAboutForm()) {
            return desk.again(
                call,
                visitor,
                new KeyPages(desk, visitor, call)
                    .of(key(call, visitor), Faults.of(reply.problem()).in(Set.of())));
          }
          return Desk.on(at(reply.read(KeyAnswer.class), ""), said);
        });
  }
}
