package io.bitting.server.review;

import io.bitting.client.protocol.RecordedUse;
import io.bitting.client.protocol.RightSizeAnswer;
import io.bitting.grant.Grant;
import io.bitting.review.RightSize;
import io.bitting.scope.Scope;
import io.bitting.server.apis.OperationAnswers;
import io.bitting.server.keys.KeyAnswers;
import io.bitting.usage.KeyUse;
import io.bitting.usage.Use;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Proposals and recorded use as callers see them. Stateless. */
final class RightSizeAnswers {
  private RightSizeAnswers() {}

  static RightSizeAnswer of(KeyUse recorded, Period period, RightSize size) {
    return new RightSizeAnswer(
        recorded.key().text(),
        period.from(),
        period.until(),
        recorded.complete(),
        outcome(size),
        size instanceof RightSize.Narrower,
        words(size),
        recorded.uses().stream().mapToLong(Use::allowed).sum(),
        grant(size).map(RightSizeAnswers::of).orElse(null),
        names(dropped(size)),
        size instanceof RightSize.OutOfReach lost
            ? lost.uses().stream().map(RightSizeAnswers::of).toList()
            : List.of());
  }

  static RecordedUse of(Use use) {
    return new RecordedUse(
        use.api().text(),
        use.operation().orElse(null),
        OperationAnswers.of(use.requirement()),
        use.allowed(),
        use.first(),
        use.last());
  }

  static List<String> names(Collection<Scope> scopes) {
    return scopes.stream().map(Scope::text).toList();
  }

  private static String outcome(RightSize size) {
    return switch (size) {
      case RightSize.Narrower ignored -> "narrower";
      case RightSize.Fits ignored -> "fits";
      case RightSize.NothingNeeded ignored -> "nothing_needed";
      case RightSize.Doubtful ignored -> "doubtful";
      case RightSize.OutOfReach ignored -> "out_of_reach";
    };
  }

  /** Says what came of it, as a sentence without its end that goes on from the key. */
  static String words(RightSize size) {
    return switch (size) {
      case RightSize.Narrower narrower ->
          "needed no more than "
              + narrower.grant().scopes()
              + (narrower.dropped().isEmpty()
                  ? ", which is every scope of today, but not those to come"
                  : "");
      case RightSize.Fits ignored -> "needed every scope that it has";
      case RightSize.NothingNeeded ignored ->
          "needed no scope at all, and no key has none; revoke it, or keep it for a reason";
      case RightSize.Doubtful doubtful ->
          "is known to have needed "
              + doubtful.seen().map(grant -> grant.scopes().toString()).orElse("no scope")
              + ", but part of the record is lost, so nothing is proposed; choose a window without the gap";
      case RightSize.OutOfReach lost ->
          "did what no new key within its grant could do: "
              + lost.uses().getFirst().requirement()
              + "; a scope is retired, or the catalog has changed";
    };
  }

  private static Optional<Grant> grant(RightSize size) {
    return switch (size) {
      case RightSize.Narrower narrower -> Optional.of(narrower.grant());
      case RightSize.Doubtful doubtful -> doubtful.seen();
      case RightSize.Fits ignored -> Optional.empty();
      case RightSize.NothingNeeded ignored -> Optional.empty();
      case RightSize.OutOfReach ignored -> Optional.empty();
    };
  }

  private static Collection<Scope> dropped(RightSize size) {
    return switch (size) {
      case RightSize.Narrower narrower -> narrower.dropped();
      case RightSize.Doubtful doubtful -> doubtful.dropped();
      case RightSize.Fits ignored -> List.of();
      case RightSize.NothingNeeded ignored -> List.of();
      case RightSize.OutOfReach ignored -> List.of();
    };
  }

  private static RightSizeAnswer.ProposedGrant of(Grant grant) {
    return new RightSizeAnswer.ProposedGrant(
        grant.api().text(), names(grant.scopes().named()), KeyAnswers.reach(grant.reach()));
  }
}
