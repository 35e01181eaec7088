package io.bitting.server.review;

import io.bitting.client.protocol.ReviewAnswer;
import io.bitting.client.protocol.ReviewedKey;
import java.util.Comparator;
import java.util.List;

/**
 * What was found about some keys.
 *
 * @param keys how many were judged: those that are not revoked or replaced
 * @param revoked how many others reviews revoked within the window
 * @param complete whether no counter of theirs is known to be lost
 * @param found those about which something was found
 */
record Findings(int keys, int revoked, boolean complete, List<ReviewedKey> found) {
  /** The greatest risk first. */
  static final Comparator<ReviewedKey> RANK =
      Comparator.comparingInt(ReviewedKey::points)
          .reversed()
          .thenComparing(each -> each.key().name())
          .thenComparing(each -> each.key().id());

  Findings {
    found = List.copyOf(found);
  }

  /** Puts parts together, ranked. */
  static Findings of(List<Findings> parts) {
    return new Findings(
        parts.stream().mapToInt(Findings::keys).sum(),
        parts.stream().mapToInt(Findings::revoked).sum(),
        parts.stream().allMatch(Findings::complete),
        parts.stream().flatMap(part -> part.found().stream()).sorted(RANK).toList());
  }

  ReviewAnswer.Progress progress() {
    int decided = (int) found.stream().filter(key -> key.decision() != null).count();
    return new ReviewAnswer.Progress(keys, found.size() - decided, decided, revoked);
  }
}
