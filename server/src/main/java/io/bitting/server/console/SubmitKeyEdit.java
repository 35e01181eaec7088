package io.bitting.server.console;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.KeyEdit;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import java.util.Set;

/** Gives a key another name and purpose. */
final class SubmitKeyEdit extends KeyScreen {
  private static final Set<String> FIELDS = Set.of("name", "purpose");

  SubmitKeyEdit(Desk desk) {
    super(desk, Route.form("submitKeyEdit", "/keys/{key}/edit"));
  }

  @Override
  public Answer handle(Call call) {
    return desk.take(
        call,
        (visitor, form) -> {
          KeyEdit edit = new KeyEdit(form.text("name"), form.text("purpose"));
          Reply reply = ask(call, visitor, "editKey").json(edit).send();
          if (reply.isAboutForm()) {
            return desk.again(
                call,
                visitor,
                new KeyPages(desk, visitor, call)
                    .of(
                        key(call, visitor),
                        new KeyPage.Edit(form.text("name"), form.text("purpose")),
                        Faults.of(reply.problem()).in(FIELDS)));
          }
          return Desk.on(at(reply.read(KeyAnswer.class), ""), "Name and purpose are saved.");
        });
  }
}
