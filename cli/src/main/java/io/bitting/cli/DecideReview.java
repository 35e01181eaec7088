package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.DecidedKey;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.NewReviewDecision;
import io.bitting.client.protocol.RightSizeAnswer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "decide",
    header = "Keep, right-size or revoke a key that a review lists.",
    description =
        "To right-size shows the scopes for a key to replace this one, and changes nothing yet. To revoke is for ever: on a terminal the key's name has to be typed; a script gives it with --confirm.",
    footer = {
      "  bitting review decide nightly keep --reason \"runs once a year\" --ask-again 1y",
      "  bitting review decide nightly keep --reason \"mine now\" --responsible ada@example.com",
      "  bitting review decide nightly right-size",
      "  bitting review decide 4fT9xQ2mZp7B revoke --confirm=nightly"
    })
final class DecideReview extends OrganizationCommand {
  @Parameters(index = "0", paramLabel = "KEY", description = "Name, id, or prefix and id.")
  private String key = "";

  @Parameters(index = "1", paramLabel = "VERDICT", description = "keep, right-size or revoke.")
  private String verdict = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why. A key is kept for a reason only.")
  private @Nullable String reason;

  @Option(
      names = "--ask-again",
      paramLabel = "TIME",
      description = "When to ask again: 90d, 1y, 2027-02-18 or a time.")
  private @Nullable String askAgain;

  @Option(
      names = "--responsible",
      paramLabel = "MEMBER",
      description =
          "The member that answers for a kept key from now on instead of its maker: id or mail address.")
  private @Nullable String responsible;

  @Option(
      names = "--accept-incomplete",
      description = "Right-size although a part of the recorded use is lost.")
  private boolean acceptIncomplete;

  @Mixin private final InWindow inWindow;
  @Mixin private final KeyConfirmation confirmation;

  DecideReview(Surroundings surroundings) {
    super(surroundings);
    this.inWindow = new InWindow(surroundings);
    this.confirmation = new KeyConfirmation(surroundings);
  }

  @Override
  public Integer call() {
    String decided = verdict();
    @Nullable Instant again = askAgainAt();
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    KeyAnswer found = new KeyFinder(client, organization).find(key);
    if (decided.equals("revoke")) {
      confirmation.get(found, organization, "bitting keys show " + found.id() + again());
    }
    DecidedKey done =
        client
            .decide(
                organization,
                new NewReviewDecision(
                    found.id(),
                    decided,
                    reason,
                    again,
                    acceptIncomplete ? true : null,
                    responsible(client, organization)),
                inWindow.window())
            .orThrow();
    presentation.show(done, () -> print(done));
    return ExitCode.OK;
  }

  private @Nullable String responsible(BittingClient client, String organization) {
    return responsible == null
        ? null
        : new MemberFinder(client, organization).find(responsible).id();
  }

  private String verdict() {
    return switch (verdict) {
      case "keep", "revoke" -> verdict;
      case "right-size", "right_size" -> "right_size";
      default ->
          throw StopException.usage(
              "\"" + verdict + "\" is no verdict", "Say keep, right-size or revoke.");
    };
  }

  private @Nullable Instant askAgainAt() {
    if (askAgain == null) {
      return null;
    }
    return new Times(surroundings.clock())
        .readExpiry(askAgain)
        .map(Times.Expiry::at)
        .orElseThrow(() ->
            StopException.usage(
                "--ask-again is \"" + askAgain + "\", which is no time",
                "Say in how long, as 90d, or give a date, as 2027-02-18."));
  }

  private void print(DecidedKey done) {
    Times times = new Times(surroundings.clock());
    RightSizeAnswer size = done.rightSize();
    if (size != null) {
      ReviewWords.print(surroundings, done.key(), size, inOrganization.again());
    }
    surroundings.say(
        switch (done.decision().verdict()) {
          case "revoke" ->
              "Revoked key "
                  + KeyWords.named(done.key())
                  + ". The node that answered refuses it from now on, every other one within 2 s.";
          case "keep" ->
              "Key "
                  + KeyWords.named(done.key())
                  + " stays"
                  + (done.decision().responsible() == null
                      ? ""
                      : ", and member " + done.decision().responsible() + " answers for it")
                  + "; a review asks again "
                  + times.expiry(done.decision().askAgainAt())
                  + ".";
          default ->
              "Key "
                  + KeyWords.named(done.key())
                  + " is as before until it is replaced; a review asks again "
                  + times.expiry(done.decision().askAgainAt())
                  + ".";
        });
  }
}
