package io.bitting.server.console;

import io.bitting.client.protocol.DecidedKey;
import io.bitting.client.protocol.RightSizeAnswer;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides about a key in a review. */
final class SubmitDecision extends Screen {
  SubmitDecision(Desk desk) {
    super(desk, Route.form("submitDecision", "/review/decisions"));
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return desk.take(call, (visitor, form) -> decide(call, visitor, form));
  }

  private Answer decide(Call call, Visitor visitor, Form form) {
    ReviewPage.Sent sent =
        new ReviewPage.Sent(form.text("key"), form.text("reason"), form.text("ask_again"));
    Map<String, Object> decision = new HashMap<>();
    decision.put("key", sent.key());
    decision.put("verdict", form.text("verdict"));
    if (form.has("reason")) {
      decision.put("reason", sent.reason());
    }
    if (form.has("ask_again")) {
      decision.put("ask_again_at", askAgainAt(sent.askAgain(), desk.now()));
    }
    Reply reply = desk.ask(visitor, call, "decideReview").json(decision).send();
    if (!reply.ok()) {
      Faults faults =
          reply
              .faults()
              .at(Map.of("reason", "reason-" + sent.key(), "ask-again-at", "again-" + sent.key()));
      return desk.again(call, visitor, ShowReviewPage.again(desk, visitor, call, sent, faults));
    }
    DecidedKey decided = reply.read(DecidedKey.class);
    String name = decided.key().name();
    return switch (decided.decision().verdict()) {
      case "right_size" -> Desk.on(replacement(decided));
      case "revoke" -> Desk.on("/review", name + " is revoked.");
      default -> Desk.on("/review", name + kept(decided.decision().askAgainAt()));
    };
  }

  private static String kept(@Nullable Instant askAgainAt) {
    return askAgainAt == null
        ? " is kept."
        : " is kept, and asked about again on " + Moments.day(askAgainAt) + ".";
  }

  private static String replacement(DecidedKey decided) {
    RightSizeAnswer size = decided.rightSize();
    RightSizeAnswer.ProposedGrant grant = size == null ? null : size.grant();
    return "/keys/new?replaces="
        + decided.key().id()
        + (grant == null ? "" : "&scopes=" + Addresses.list(grant.scopes()));
  }

  /** Counts days from now; what is no number of days is for the endpoint to refuse. */
  private static Object askAgainAt(String text, Instant now) {
    return text.matches("[1-9][0-9]{0,3}d")
        ? now.plus(Duration.ofDays(Integer.parseInt(text.substring(0, text.length() - 1))))
        : text;
  }
}
