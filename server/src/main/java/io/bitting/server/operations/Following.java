package io.bitting.server.operations;

import io.bitting.access.Follower;
import io.bitting.store.Nodes;
import io.bitting.store.Position;
import java.time.Duration;

/** Tells the other nodes how far this one has got, and the meters how it fares. */
public final class Following implements Follower.Watcher {
  private final Meters meters;
  private final Nodes nodes;

  /**
   * Makes it.
   *
   * @param meters counts
   * @param nodes the other nodes
   */
  public Following(Meters meters, Nodes nodes) {
    this.meters = meters;
    this.nodes = nodes;
  }

  @Override
  public void loaded(Position position, int keys, Duration took) {
    meters.loaded(position, keys, took);
  }

  @Override
  public void followed(Position position) {
    nodes.report(position);
  }

  @Override
  public void failed(RuntimeException failure) {
    meters.failed(failure);
  }
}
