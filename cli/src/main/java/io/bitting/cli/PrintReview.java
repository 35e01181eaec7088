package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.ReviewQuery;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "report",
    header = "Print a review with all that was decided, as CSV or JSON.",
    description =
        "Every key about which something is found, decided or not. No cell of the CSV begins a formula.",
    footer = {
      "  bitting review report > review.csv",
      "  bitting review report --from 30d --json > review.json"
    })
final class PrintReview implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(names = "--json", description = "As JSON instead of CSV.")
  private boolean json;

  @Mixin private final InWindow inWindow;
  @Mixin private final Connection connection;
  @Mixin private final InOrganization inOrganization = new InOrganization();

  PrintReview(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.inWindow = new InWindow(surroundings);
    this.connection = new Connection(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    ReviewQuery query = ReviewQuery.usual().window(inWindow.window()).show("all");
    surroundings.print(
        ReviewWords.waiting(
            surroundings,
            () ->
                json
                    ? Presentation.text(client.review(organization, query).orThrow())
                    : client.reviewReport(organization, query).orThrow().stripTrailing()));
    return ExitCode.OK;
  }
}
