package io.bitting.server.console;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.RevocationForm;
import io.bitting.id.DisplayName;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import java.util.List;
import java.util.Set;

/** Ends a key for ever, if its name was entered. */
final class SubmitRevocation extends KeyScreen {
  private static final Set<String> FIELDS = Set.of("reason", "note", "confirm");

  SubmitRevocation(Desk desk) {
    super(desk, Route.form("submitRevocation", "/keys/{key}/revoke"));
  }

  @Override
  public Answer handle(Call call) {
    return desk.take(
        call,
        (visitor, form) -> {
          KeyAnswer key = key(call, visitor);
          String reason = form.text("reason");
          String note = form.text("note");
          if (!DisplayName.normalize(form.text("confirm")).equals(key.name())) {
            Faults.Fault fault =
                new Faults.Fault(
                    "confirm",
                    "What is entered is not the name of this key",
                    "Enter " + key.name() + ".");
            return again(call, visitor, key, form, new Faults("", List.of(fault)));
          }
          Reply reply =
              ask(call, visitor, "revokeKey")
                  .json(new RevocationForm(reason.isEmpty() ? null : reason, note))
                  .send();
          if (reply.isAboutForm()) {
            return again(call, visitor, key, form, Faults.of(reply.problem()).in(FIELDS));
          }
          return Desk.on(
              at(reply.read(KeyAnswer.class), ""),
              "Revoked. This node refuses the key now, every other node within 2 s.");
        });
  }

  private Answer again(Call call, Visitor visitor, KeyAnswer key, Form form, Faults faults) {
    return desk.again(
        call,
        visitor,
        new RevokePages(desk, visitor, call)
            .of(key, form.text("reason"), form.text("note"), faults));
  }
}
