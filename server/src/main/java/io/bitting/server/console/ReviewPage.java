package io.bitting.server.console;

import io.bitting.client.protocol.ReviewAnswer;
import io.bitting.client.protocol.ReviewedKey;
import io.bitting.client.protocol.RightSizeAnswer;
import java.util.List;

/**
 * Keys by what they were used for, the greatest risk first.
 *
 * @param review what was found
 * @param rows the keys
 * @param show {@code open} or {@code all}
 * @param sent what a form was sent with
 * @param faults what is wrong with what was sent
 */
record ReviewPage(ReviewAnswer review, List<Row> rows, String show, Sent sent, Faults faults)
    implements ConsolePage {
  /** How many keys it shows at once; when these are decided, others take their place. */
  static final int ROWS = 50;

  ReviewPage {
    rows = List.copyOf(rows);
  }

  /**
   * What the form about a key was sent with.
   *
   * @param key the key; empty if none was sent
   * @param reason why the key is kept
   * @param askAgain in how many days to ask again, {@code 90d}
   */
  record Sent(String key, String reason, String askAgain) {
    /** No form was sent. */
    static final Sent NOTHING = new Sent("", "", "90d");

    /** Tells whether it was about a key. */
    boolean isAbout(String id) {
      return key.equals(id);
    }

    String reasonOf(String id) {
      return isAbout(id) ? reason : "";
    }

    String askAgainOf(String id) {
      return isAbout(id) ? askAgain : NOTHING.askAgain();
    }
  }

  /** Tells whether there is something to be decided about. */
  boolean isOpen() {
    return rows.stream().anyMatch(row -> row.found().decision() == null);
  }

  /** Tells whether the list was put together before now. */
  boolean isRankedBefore() {
    return review.rankedAt().isBefore(review.until());
  }

  /** Tells whether there may be more keys than it shows. */
  boolean isFull() {
    return rows.size() >= ROWS;
  }

  /**
   * A key to be decided about.
   *
   * @param found what was found
   * @param responsible the name of who answers for it instead of its maker; empty for nobody
   */
  record Row(ReviewedKey found, String responsible) {
    /** Returns the address of the form that puts a narrower key in its place. */
    String narrower() {
      RightSizeAnswer size = found.rightSize();
      RightSizeAnswer.ProposedGrant grant = size == null ? null : size.grant();
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
