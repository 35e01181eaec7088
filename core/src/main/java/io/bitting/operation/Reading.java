package io.bitting.operation;

import java.security.SecureRandom;
import java.util.Optional;

/**
 * A segment as some server reads it: a text or a part of one, which stays where it is, since most
 * of what a target has is looked at once and never asked for as a text.
 *
 * <p>To be used by one thread.
 */
final class Reading implements Readings {
  private static final int SEED = 0x811c9dc5;

  /** Chosen by lot, so that nobody can choose literals that fall together. */
  private static final int FACTOR = new SecureRandom().nextInt() | 1;

  private final String of;
  private final int from;
  private final int to;
  private final boolean folded;
  private int hash;

  private Reading(String of, int from, int to, boolean folded, int hash) {
    this.of = of;
    this.from = from;
    this.to = to;
    this.folded = folded;
    this.hash = hash;
  }

  /** Returns a whole text. */
  static Reading of(String text) {
    return new Reading(text, 0, text.length(), false, 0);
  }

  /**
   * Returns a part of a text whose hash is known.
   *
   * @param hash its hash, made by {@link #hash(int, int)}
   * @param folded whether ASCII's capitals are read as small letters
   */
  static Reading of(String text, int from, int to, int hash, boolean folded) {
    return new Reading(text, from, to, folded, hash);
  }

  /** Returns the hash of nothing. */
  static int hashOfNothing() {
    return SEED;
  }

  /** Returns the hash of a text with a character after it. */
  static int hash(int hash, int character) {
    return (hash ^ character) * FACTOR;
  }

  /** Returns where a dot is, not before a place; -1 if nowhere. */
  int dot(int least) {
    int dot = of.indexOf('.', from + least);
    return dot < to ? Math.max(dot - from, -1) : -1;
  }

  /** Returns what stands before a place. */
  Reading before(int end) {
    return new Reading(of, from, from + end, folded, 0);
  }

  /** Returns some characters of its beginning with some of its end. */
  String ends(int first, int last) {
    StringBuilder ends = new StringBuilder(first + last);
    append(from, from + first, ends);
    append(to - last, to, ends);
    return ends.toString();
  }

  private void append(int from, int to, StringBuilder text) {
    for (int i = from; i < to; i++) {
      text.append(at(i));
    }
  }

  int length() {
    return to - from;
  }

  /** Returns its hash, which the readings of one text have in common. */
  int hash() {
    if (hash == 0) {
      int made = SEED;
      for (int i = from; i < to; i++) {
        made = hash(made, at(i));
      }
      hash = made;
    }
    return hash;
  }

  private static char small(char character) {
    return character >= 'A' && character <= 'Z' ? (char) (character + 'a' - 'A') : character;
  }

  private char at(int i) {
    return folded ? small(of.charAt(i)) : of.charAt(i);
  }

  @Override
  public Reading text() {
    return folded ? new Reading(of, from, to, false, 0) : this;
  }

  @Override
  public Reading skeleton() {
    return this;
  }

  @Override
  public Optional<Reading> undecoded() {
    return Optional.empty();
  }

  @Override
  public boolean hasSmallEscape() {
    return false;
  }

  /** Tells whether it is a text. */
  boolean is(String text) {
    return length() == text.length() && has(text, from);
  }

  boolean startsWith(String part) {
    return length() >= part.length() && has(part, from);
  }

  boolean endsWith(String part) {
    return length() >= part.length() && has(part, to - part.length());
  }

  /** Returns where a part begins, not before a place; -1 if nowhere. */
  int indexOf(String part, int least) {
    for (int i = from + least; i <= to - part.length(); i++) {
      if (has(part, i)) {
        return i - from;
      }
    }
    return -1;
  }

  private boolean has(String part, int at) {
    if (!folded) {
      return of.startsWith(part, at);
    }
    for (int i = 0; i < part.length(); i++) {
      if (small(of.charAt(at + i)) != part.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Reading that && that.is(toString());
  }

  @Override
  public int hashCode() {
    return hash();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(length());
    append(from, to, text);
    return text.toString();
  }
}
