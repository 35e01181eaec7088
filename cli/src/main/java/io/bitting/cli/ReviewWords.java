package io.bitting.cli;

import io.bitting.client.protocol.FindingAnswer;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.RecordedUse;
import io.bitting.client.protocol.RequirementAnswer;
import io.bitting.client.protocol.ReviewedKey;
import io.bitting.client.protocol.RightSizeAnswer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what a review found, for people. Stateless. */
final class ReviewWords {
  /** A moment is no news. */
  private static final Duration MOMENT = Duration.ofSeconds(2);

  private ReviewWords() {}

  /** Asks for a review, which may take long, and says so then. */
  static <T> T waiting(Surroundings surroundings, Supplier<T> ask) {
    return surroundings.saying(
        "Every key is judged by its use. That takes a while where there are many.", MOMENT, ask);
  }

  /** Says why a key should be looked at, and what would have been enough if that is known. */
  static String why(ReviewedKey key) {
    RightSizeAnswer size = key.rightSize();
    return Stream.concat(
            key.findings().stream().map(FindingAnswer::words),
            size == null ? Stream.of() : Stream.of(size.words()))
        .collect(Collectors.joining("; "));
  }

  /** Says what was called, in a few words. */
  static String what(RecordedUse use) {
    return use.operation() == null ? required(use.requirement()) : use.operation();
  }

  private static String required(RequirementAnswer requirement) {
    List<List<String>> alternatives = requirement.anyOf();
    return alternatives == null
        ? "any valid key"
        : alternatives.stream()
            .map(all -> String.join(" and ", all))
            .collect(Collectors.joining(", or "));
  }

  /** Shows what a key needed, and what to do about it. */
  static void print(
      Surroundings to, KeyAnswer key, RightSizeAnswer size, String organizationAgain) {
    to.print("Key " + KeyWords.named(key) + " " + Plain.text(size.words()) + ".");
    to.print("That rests on " + Plain.count(size.calls(), "recorded call") + ".");
    if (!size.dropped().isEmpty()) {
      to.print("It would lose: " + String.join(" ", size.dropped()));
    }
    RightSizeAnswer.ProposedGrant grant = size.grant();
    if (size.offered() && grant != null) {
      to.say(
          "Replace it by a key of that grant: bitting keys replace "
              + key.id()
              + grant.scopes().stream()
                  .map(scope -> " --scope " + scope)
                  .collect(Collectors.joining())
              + organizationAgain);
    }
    for (RecordedUse use : size.outOfReach()) {
      to.print("  " + Plain.text(what(use)) + ", " + Plain.count(use.calls(), "call"));
    }
  }
}
