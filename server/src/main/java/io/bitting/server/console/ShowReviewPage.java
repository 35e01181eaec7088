package io.bitting.server.console;

import io.bitting.client.protocol.Reference;
import io.bitting.client.protocol.ReviewAnswer;
import io.bitting.client.protocol.ReviewDecisionAnswer;
import io.bitting.client.protocol.ReviewedKey;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Query;
import io.bitting.server.http.Route;
import java.util.List;

/** Keys by what they were used for. */
final class ShowReviewPage extends Screen {
  private static final String OPEN = "open";

  ShowReviewPage(Desk desk) {
    super(desk, Route.page("showReviewPage", "/review"));
  }

  @Override
  public Answer handle(Call call) {
    return desk.show(
        call,
        visitor -> {
          Query query = call.query();
          String show = query.text("show").orElse(OPEN);
          query.check();
          return desk.page(
              call, visitor, page(desk, visitor, call, show, ReviewPage.Sent.NOTHING, Faults.NONE));
        });
  }

  /** Makes the page with the keys that are to be decided about, and what a form was sent with. */
  static ReviewPage again(
      Desk desk, Visitor visitor, Call call, ReviewPage.Sent sent, Faults faults) {
    return page(desk, visitor, call, OPEN, sent, faults);
  }

  private static ReviewPage page(
      Desk desk, Visitor visitor, Call call, String show, ReviewPage.Sent sent, Faults faults) {
    ReviewAnswer review =
        desk.ask(visitor, call, "showReview")
            .query("show", show)
            .query("limit", String.valueOf(ReviewPage.ROWS))
            .query("right_size", "true")
            .send()
            .read(ReviewAnswer.class);
    Names names = new Names(desk, visitor, call);
    List<ReviewPage.Row> rows =
        review.items().stream()
            .map(found -> new ReviewPage.Row(found, responsible(names, found)))
            .toList();
    return new ReviewPage(review, rows, show, sent, faults);
  }

  private static String responsible(Names names, ReviewedKey found) {
    ReviewDecisionAnswer decision = found.decision();
    String member = decision == null ? null : decision.responsible();
    return member == null ? "" : names.of(new Reference("member", member));
  }
}
