package io.bitting.server.console;

import io.bitting.client.protocol.ReviewAnswer;
import io.bitting.client.protocol.ReviewedKey;
import io.bitting.client.protocol.RightSizeAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys by what they were used for, the greatest risk first.
 *
 * @param review what was found
 * @param rows the keys
 * @param show {@code open} or {@code all}
 * @param faults what is wrong with what was sent
 */
record ReviewPage(ReviewAnswer review, List<Row> rows, String show, Faults faults)
    implements ConsolePage {
  ReviewPage {
    rows = List.copyOf(rows);
  }

  /**
   * A key to be decided about.
   *
   * @param found what was found
   * @param rightSize the least grant that would have been enough; null if it was not asked for
   */
  record Row(ReviewedKey found, @Nullable RightSizeAnswer rightSize) {
    /** Returns the address of the form that puts a narrower key in its place. */
    String narrower() {
      RightSizeAnswer.ProposedGrant grant = rightSize == null ? null : rightSize.grant();
      return "/keys/new?replaces="
          + found.key().id()
          + (grant == null ? "" : "&scopes=" + Addresses.list(grant.scopes()));
    }
  }

  /** Returns how many of the keys with findings are done with. */
  int done() {
    return review.progress().decided() + review.progress().revoked();
  }

  int all() {
    return done() + review.progress().open();
  }

  @Override
  public String title() {
    return "Review";
  }

  @Override
  public Section section() {
    return Section.REVIEW;
  }
}
