package io.bitting.operation;

import java.util.Optional;

/** A segment of a path, in the ways in which servers read it. */
sealed interface Readings permits Reading, Piece {

  /**
   * Returns it decoded; an encoded delimiter ({@code %40}) is kept apart from the bare one
   * ({@code @}), since RFC 3986 section 2.2 makes them different.
   */
  Reading text();

  /** Returns it as a server reads it that knows no such difference, nor case. */
  Reading skeleton();

  /**
   * Returns it as it came, as a server reads it that decodes after it has matched, without case.
   */
  Optional<Reading> undecoded();

  /**
   * Tells whether it has an escape in small digits, {@code %c3}. That means the same as {@code
   * %C3}, but not to a server that decodes after it has matched.
   */
  boolean hasSmallEscape();
}
