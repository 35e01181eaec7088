package io.bitting.server.console;

import io.bitting.client.protocol.CreatedKey;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.SecretAnswer;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Gives a key another token, and shows it. */
final class SubmitRotation extends KeyScreen {
  private static final Set<String> FIELDS = Set.of("overlap", "retire-when-quiet-hours");

  SubmitRotation(Desk desk) {
    super(desk, Route.form("submitRotation", "/keys/{key}/rotate"));
  }

  @Override
  public Answer handle(Call call) {
    return desk.take(
        call,
        (visitor, form) -> {
          String overlap = form.text("overlap");
          String quietHours = form.text("retire_when_quiet_hours").strip();
          Map<String, Object> rotation = new LinkedHashMap<>();
          if (!overlap.isEmpty()) {
            rotation.put("overlap", overlap);
          }
          if (!quietHours.isEmpty()) {
            rotation.put("retire_when_quiet_hours", number(quietHours));
          }
          Reply reply = ask(call, visitor, "rotateKey").json(rotation).send();
          if (reply.isAboutForm()) {
            return desk.again(
                call,
                visitor,
                new RotatePage(
                    key(call, visitor),
                    overlap,
                    quietHours,
                    Faults.of(reply.problem()).in(FIELDS)));
          }
          CreatedKey rotated = reply.read(CreatedKey.class);
          return desk.page(
              call,
              visitor,
              new RevealPage(
                  rotated.key(),
                  rotated.token(),
                  "rotated",
                  new Examples(desk, visitor, call).of(rotated.key()),
                  old(rotated.key(), desk.now())));
        });
  }

  /** What is no number goes on as it is, for the endpoint to say so. */
  private static Object number(String text) {
    return text.matches("[0-9]{1,9}") ? (Object) Integer.valueOf(text) : text;
  }

  private static String old(KeyAnswer key, Instant now) {
    if (key.secrets().size() < 2) {
      return "The old token is refused: by this node from now on, by every other node within 2 s.";
    }
    SecretAnswer old = key.secrets().getLast();
    Instant ends = old.expiresAt();
    Instant used = old.lastUsedAt();
    String from = old.lastUsedFrom();
    return "The old token is accepted"
        + (ends == null
            ? " still"
            : " until " + Moments.exact(ends) + ", " + Moments.relative(now, ends))
        + ". "
        + (used == null
            ? "Nobody has used it since the ledger began."
            : "It was last used "
                + Moments.relative(now, used)
                + (from == null ? "" : " from " + from)
                + ".");
  }
}
