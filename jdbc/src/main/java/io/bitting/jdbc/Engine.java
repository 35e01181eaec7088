package io.bitting.jdbc;

import io.bitting.store.Nodes;
import io.bitting.store.StoreException;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;

/**
 * The one point where the databases differ: how a transaction runs, what locks, what wakes, what an
 * error means. Thread-safe.
 */
interface Engine extends AutoCloseable {

  /**
   * What the work of a writing transaction asks for.
   *
   * @param value what the transaction returns
   * @param commit whether to keep what was written; else it is rolled back
   */
  record Outcome<R>(R value, boolean commit) {}

  /** Returns what brings the schema up to date. */
  Flyway migrations();

  /**
   * Runs work on one consistent picture that it does not change. A database error inside comes out
   * as a {@link StoreException}.
   */
  <R> R read(Function<? super Handle, ? extends R> work);

  /** Like {@link #read}, for work that takes long and streams what it reads. */
  <R> R readAtLength(Function<? super Handle, ? extends R> work);

  /**
   * Runs work in one transaction that commits if the outcome says so. A database error inside comes
   * out as a {@link StoreException}.
   *
   * @throws AskedToRetry if the database asks to begin again; nothing was changed
   */
  <R> R write(Function<? super Handle, Outcome<R>> work);

  /** What to append to a query so that the rows it finds are locked until the transaction ends. */
  String forUpdate();

  /** Lets one transaction at a time work under a name, until it ends. */
  void lockName(Handle handle, long name);

  /**
   * Takes a name as {@link #lockName} does, unless another transaction has it.
   *
   * @return whether it was free
   */
  boolean tryLockName(Handle handle, long name);

  /** Says in a writing transaction that others are to be woken when it commits. */
  void announce(Handle handle);

  /**
   * Begins to wake when another process has committed a change, if this database can tell. Called
   * once.
   */
  void listen(Runnable wake);

  /**
   * Returns what the nodes on this database know of each other.
   *
   * @param id names this node
   */
  Nodes nodes(String id);

  /** Says what a failure of the database means, without repeating what was bound or stored. */
  StoreException translate(Throwable failure);

  @Override
  void close();
}
