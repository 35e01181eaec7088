package io.bitting.samples.personnel;

/**
 * That a thing has another.
 *
 * @param from the thing that has it
 * @param segment as what, {@code likes}
 * @param to what it has
 */
record Link(End from, String segment, End to) {
  /** One thing. */
  record End(String kind, String id) {}

  boolean touches(End end) {
    return from.equals(end) || to.equals(end);
  }
}
