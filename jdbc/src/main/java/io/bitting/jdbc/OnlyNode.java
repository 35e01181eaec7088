package io.bitting.jdbc;

import io.bitting.store.Nodes;
import io.bitting.store.Position;

/** The one server of an SQLite file: there is no other to wait for. */
final class OnlyNode implements Nodes {
  @Override
  public void report(Position reached) {
    // Nobody asks.
  }

  @Override
  public boolean haveAllReached(Position position) {
    return true;
  }

  @Override
  public void leave() {
    // Nobody waits.
  }
}
