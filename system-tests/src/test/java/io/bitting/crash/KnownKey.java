package io.bitting.crash;

import io.bitting.client.protocol.KeyAnswer;
import java.util.Optional;
import java.util.Set;

/**
 * What the answers about one key say of it. Changed by the one writer that it belongs to, and by
 * the supervisor while no writer runs.
 */
final class KnownKey {
  private final String id;
  private final Optional<String> token;
  private Shape sure;
  private Optional<Shape> doubtful = Optional.empty();

  /**
   * A key as it is, or might be.
   *
   * @param name its name
   * @param purpose what it is for
   * @param state active, disabled or revoked
   * @param revision how often it was written
   */
  record Shape(String name, String purpose, String state, long revision) {
    /** Returns a key as it is when it was just made. */
    static Shape created(KeyAnswer key) {
      return new Shape(key.name(), key.purpose(), "active", 1);
    }

    Shape inState(String next) {
      return new Shape(name, purpose, next, revision + 1);
    }

    Shape described(String next) {
      return new Shape(name, next, state, revision + 1);
    }
  }

  KnownKey(String id, Optional<String> token, Shape sure) {
    this.id = id;
    this.token = token;
    this.sure = sure;
  }

  String id() {
    return id;
  }

  /** Returns its token; empty if the answer that had it was lost. */
  Optional<String> token() {
    return token;
  }

  /** Returns what was acknowledged. */
  Shape sure() {
    return sure;
  }

  boolean isInDoubt() {
    return doubtful.isPresent();
  }

  /**
   * Takes note of a change that is asked for. Until it is answered it may have been made or not.
   */
  void ask(Shape next) {
    doubtful = Optional.of(next);
  }

  /** Takes note that the change was acknowledged. */
  void acknowledged() {
    sure = doubtful.orElseThrow();
    doubtful = Optional.empty();
  }

  /** Takes note that the change was refused, and so was not made. */
  void refused() {
    doubtful = Optional.empty();
  }

  /**
   * Returns how the key may be found: as acknowledged, or as a change that was never answered would
   * have it.
   */
  Set<Shape> possible() {
    return doubtful.map(shape -> Set.of(sure, shape)).orElseGet(() -> Set.of(sure));
  }

  /** Ends the doubt by what was found. */
  void found(Shape shape) {
    sure = shape;
    doubtful = Optional.empty();
  }
}
