package io.bitting.store;

/**
 * The nodes that serve from one database. Each says how far its index has got, so that a change can
 * be answered once all of them see it.
 *
 * <p>Thread-safe. Every method costs one statement, and throws {@link StoreException} if storage
 * fails.
 */
public interface Nodes {

  /**
   * Says that this node is alive, and how far it has got. To be said each second at least.
   *
   * @param reached the position of its index
   */
  void report(Position reached);

  /**
   * Tells whether every other node that was heard of within three seconds has reached a position.
   *
   * @param position the position asked for
   */
  boolean haveAllReached(Position position);

  /** Says that this node ends, so that nobody waits for it. */
  void leave();
}
