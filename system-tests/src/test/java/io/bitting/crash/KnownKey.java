package io.bitting.crash;

import io.bitting.client.protocol.KeyAnswer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the answers about one key say of it. Changed by the one writer that it belongs to, and by
 * the supervisor while no writer runs.
 */
final class KnownKey {
  private final String id;

  /** The tokens that were answered, by the number of their secret. */
  private final Map<Integer, String> tokens = new TreeMap<>();

  private Shape sure;
  private Optional<Shape> doubtful = Optional.empty();

  /**
   * A key as it is, or might be.
   *
   * @param name its name
   * @param purpose what it is for
   * @param state active, disabled or revoked
   * @param revision how often it was written
   * @param secret the number of its newest secret
   * @param overlapping whether the one before that is accepted too
   */
  record Shape(
      String name, String purpose, String state, long revision, int secret, boolean overlapping) {
    /** Returns a key as it is when it was just made. */
    static Shape created(KeyAnswer key) {
      return created(key.name(), key.purpose());
    }

    static Shape created(String name, String purpose) {
      return new Shape(name, purpose, "active", 1, 1, false);
    }

    Shape inState(String next) {
      return new Shape(name, purpose, next, revision + 1, secret, overlapping);
    }

    Shape described(String next) {
      return new Shape(name, next, state, revision + 1, secret, overlapping);
    }

    /** Returns a key as it is after a rotation. */
    Shape rotated(boolean withOverlap) {
      return new Shape(name, purpose, state, revision, secret + 1, withOverlap);
    }

    /** Tells whether a secret is accepted as long as the key is. */
    boolean isLive(int number) {
      return number == secret || (overlapping && number == secret - 1);
    }
  }

  KnownKey(String id, Optional<String> token, Shape sure) {
    this.id = id;
    token.ifPresent(text -> tokens.put(sure.secret(), text));
    this.sure = sure;
  }

  String id() {
    return id;
  }

  /** Returns its tokens by the numbers of their secrets, but for those whose answer was lost. */
  Map<Integer, String> tokens() {
    return tokens;
  }

  /** Takes note that a rotation was acknowledged, and of its token. */
  void rotated(String token) {
    acknowledged();
    tokens.put(sure.secret(), token);
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
