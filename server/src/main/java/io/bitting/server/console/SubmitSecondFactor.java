package io.bitting.server.console;

import io.bitting.client.protocol.OrganizationAnswer;
import io.bitting.client.protocol.OrganizationEdit;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Has members need a second factor from a time on, or no longer. */
final class SubmitSecondFactor extends Screen {
  SubmitSecondFactor(Desk desk) {
    super(desk, Route.form("submitSecondFactor", "/settings/second-factor"));
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return desk.take(call, (visitor, form) -> change(call, visitor, form));
  }

  private Answer change(Call call, Visitor visitor, Form form) {
    boolean stop = form.text("act").equals("stop");
    Optional<Duration> grace = stop ? Optional.of(Duration.ZERO) : grace(form.text("grace"));
    if (grace.isEmpty()) {
      return again(
          call,
          visitor,
          Faults.of(
              "mfa-required-from",
              "nothing is chosen from when on a second factor is required",
              "Choose one."));
    }
    OrganizationEdit.From from =
        stop
            ? OrganizationEdit.From.NEVER
            : new OrganizationEdit.From(desk.now().plus(grace.get()));
    Reply reply =
        desk.ask(visitor, call, "editOrganization")
            .json(new OrganizationEdit(null, null, null, from))
            .send();
    if (!reply.ok()) {
      return again(call, visitor, reply.faults());
    }
    Instant required = reply.read(OrganizationAnswer.class).mfaRequiredFrom();
    return Desk.on(
        "/settings",
        required == null
            ? "Members may sign in without a second factor."
            : "Whoever signs in needs a second factor from " + Moments.exact(required) + " on.");
  }

  private Answer again(Call call, Visitor visitor, Faults faults) {
    return desk.again(call, visitor, ShowSettingsPage.page(desk, visitor, call, faults));
  }

  private static Optional<Duration> grace(String text) {
    return switch (text) {
      case "now" -> Optional.of(Duration.ZERO);
      case "7d" -> Optional.of(Duration.ofDays(7));
      case "30d" -> Optional.of(Duration.ofDays(30));
      default -> Optional.empty();
    };
  }
}
