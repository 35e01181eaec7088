package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.ReviewQuery;
import io.bitting.client.protocol.ReviewAnswer;
import io.bitting.client.protocol.ReviewedKey;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "show",
    header = "List the keys to be decided about, the greatest risk first.",
    description =
        "Unused keys and scopes, all scopes, no expiry, no purpose, makers who are gone, keys that expired and are called. A decision takes a key off the list until it is time to ask again.",
    footer = {
      "  bitting review show",
      "  bitting review show --from 30d --show all",
      "  bitting review show --limit 20 --right-size",
      "  bitting review decide nightly keep --reason \"runs once a year\""
    })
final class ShowReview implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--show",
      paramLabel = "WHICH",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Which which = Which.open;

  @Option(names = "--limit", paramLabel = "N", description = "At most this many. All unless given.")
  private int limit;

  @Option(
      names = "--right-size",
      description =
          "Say of each what would have been enough, as bitting keys right-size does. Needs --limit.")
  private boolean rightSize;

  /** Which keys to show. */
  enum Which {
    open,
    decided,
    all
  }

  @Mixin private final InWindow inWindow;
  @Mixin private final Connection connection;
  @Mixin private final InOrganization inOrganization = new InOrganization();
  @Mixin private final Presentation presentation;

  ShowReview(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.inWindow = new InWindow(surroundings);
    this.connection = new Connection(surroundings);
    this.presentation = new Presentation(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    ReviewQuery query = query();
    ReviewAnswer review =
        ReviewWords.waiting(surroundings, () -> client.review(organization, query).orThrow());
    presentation.show(review, () -> print(organization, review));
    return ExitCode.OK;
  }

  private ReviewQuery query() {
    ReviewQuery some = ReviewQuery.usual().window(inWindow.window()).show(which.name());
    ReviewQuery few = limit == 0 ? some : some.limit(limit);
    return rightSize ? few.rightSized() : few;
  }

  private void print(String organization, ReviewAnswer review) {
    if (!review.items().isEmpty()) {
      Times times = new Times(surroundings.clock());
      Table table = new Table("risk", "name", "key", "last used", "decided", "why");
      for (ReviewedKey each : review.items()) {
        table.row(
            each.risk(),
            each.key().name(),
            each.key().display(),
            Optional.ofNullable(each.lastUsedAt()).map(times::relative).orElse("-"),
            each.decision() == null ? "-" : each.decision().verdict(),
            ReviewWords.why(each));
      }
      table.print(surroundings);
    }
    ReviewAnswer.Progress progress = review.progress();
    surroundings.say(
        "Of "
            + Plain.count(progress.keys(), "key")
            + " of "
            + organization
            + ", "
            + progress.open()
            + " to be decided about, "
            + progress.decided()
            + " decided, "
            + progress.revoked()
            + " revoked by a review."
            + (review.complete() ? "" : " A part of the recorded use is lost."));
  }
}
