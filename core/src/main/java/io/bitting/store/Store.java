package io.bitting.store;

import java.util.function.Function;

/**
 * Storage, in transactions.
 *
 * <p>Thread-safe. Both methods block the calling thread.
 */
public interface Store {

  /**
   * Reads a consistent picture.
   *
   * @param work reads and returns a value; must not keep the reader
   * @param <R> what it returns
   * @throws StoreException if storage fails
   */
  <R> R read(Function<? super Reader, ? extends R> work);

  /**
   * Changes storage in one transaction, which commits when the work returns and rolls back when it
   * throws. Work that writes nothing commits nothing and leaves no trace.
   *
   * @param work reads, writes and returns a value; must not keep the writer. It may be run again
   *     from the start if the database asks for that, so it has no effect besides
   * @param <R> what it returns
   * @return what the work returned, and the position that has its change
   * @throws StoreException.Conflict if a rule of uniqueness was broken; nothing was changed
   * @throws StoreException.Busy if storage was too busy; nothing was changed
   * @throws StoreException.CommitUnknown if nobody can say whether the change was made
   * @throws StoreException if storage failed; nothing was changed
   */
  <R> Committed<R> write(Function<? super Writer, ? extends R> work);

  /**
   * What a transaction returned.
   *
   * @param result what its work returned
   * @param position the position that has its change
   * @param <R> the kind of result
   */
  record Committed<R>(R result, Position position) {}
}
