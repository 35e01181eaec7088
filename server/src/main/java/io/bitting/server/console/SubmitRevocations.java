package io.bitting.server.console;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.NewReviewDecision;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ends keys for ever that were ticked in the review: first names them, then, if their number was
 * entered, revokes one after the other, each by a decision of its own, and says which are left.
 */
final class SubmitRevocations extends Screen {
  SubmitRevocations(Desk desk) {
    super(desk, Route.form("submitRevocations", "/review/revoke"));
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return desk.take(call, (visitor, form) -> revoke(call, visitor, form));
  }

  private Answer revoke(Call call, Visitor visitor, Form form) {
    List<KeyAnswer> keys = keys(call, visitor, form);
    if (keys.isEmpty()) {
      return desk.again(
          call,
          visitor,
          ShowReviewPage.again(
              desk,
              visitor,
              call,
              ReviewPage.Sent.NOTHING,
              Faults.of("No key is ticked that could be revoked.")));
    }
    RevokeKeysPage page = new RevokeKeysPage(keys, form.text("reason"), Faults.NONE);
    if (!form.has("confirm")) {
      return desk.page(call, visitor, page);
    }
    if (!form.text("confirm").strip().equals(page.confirmation())) {
      return again(
          call,
          visitor,
          page,
          Faults.of(
              "confirm",
              "what is entered is not the number of these keys",
              "Enter " + page.confirmation() + "."));
    }
    return revoke(call, visitor, page);
  }

  private Answer revoke(Call call, Visitor visitor, RevokeKeysPage page) {
    int revoked = 0;
    List<String> left = new ArrayList<>();
    for (KeyAnswer key : page.keys()) {
      Reply reply =
          desk.ask(visitor, call, "decideReview")
              .json(new NewReviewDecision(key.id(), "revoke", page.reason(), null, null, null))
              .send();
      if (reply.ok()) {
        revoked++;
      } else if (revoked == 0 && left.isEmpty() && !reply.faults().list().isEmpty()) {
        // What is wrong with the reason is wrong with it for every key.
        return again(call, visitor, page, reply.faults().in(Set.of("reason")));
      } else {
        left.add(key.name() + " is not revoked: " + reply.problem().detail());
      }
    }
    return Desk.on("/review", said(revoked, left));
  }

  /** Says how many first: what is said is cut where it is long. */
  static String said(int revoked, List<String> left) {
    return Stream.concat(Stream.of(Phrases.count(revoked, "key") + " revoked."), left.stream())
        .collect(Collectors.joining(" "));
  }

  private Answer again(Call call, Visitor visitor, RevokeKeysPage page, Faults faults) {
    return desk.again(call, visitor, new RevokeKeysPage(page.keys(), page.reason(), faults));
  }

  /**
   * Returns the keys that were ticked, or named then, and are there to be revoked, at most a page
   * of them.
   */
  private List<KeyAnswer> keys(Call call, Visitor visitor, Form form) {
    return Stream.concat(form.all("key").stream(), Stream.of(form.text("keys").split(" ")))
        .filter(id -> !id.isEmpty())
        .distinct()
        .limit(ReviewPage.ROWS)
        .map(id -> desk.ask(visitor, call, "showKey").path("key", id).send())
        .filter(Reply::ok)
        .map(reply -> reply.read(KeyAnswer.class))
        .filter(key -> !key.state().equals("revoked"))
        .toList();
  }
}
