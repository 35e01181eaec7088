package io.bitting.operation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The path of a request target, read strictly: what two servers could read differently is not. */
sealed interface RequestPath {

  /**
   * A path that has one reading, but for what depends on the operations.
   *
   * @param pieces its segments, without the empty one after a slash at the end
   * @param slashed whether it ends with a slash
   */
  record Clear(List<Readings> pieces, boolean slashed) implements RequestPath {}

  /**
   * A path that servers read differently.
   *
   * @param reason where they differ
   */
  record Unclear(Ambiguity reason) implements RequestPath {}

  /**
   * Reads a request target: RFC 9112 section 3.2.1, the origin form.
   *
   * @param target any text
   */
  static RequestPath read(String target) {
    Clear plain = plain(target);
    return plain == null ? readClosely(target) : plain;
  }

  /**
   * Reads in one go what nearly all targets are: segments of characters that stand for themselves,
   * with nothing about them that {@link Piece#fault} must look at. What is not of Latin-1 comes out
   * of the conversion as a question mark, but is none.
   *
   * @return null if it takes a closer look
   */
  private static @Nullable Clear plain(String target) {
    if (target.length() > OperationIndex.TARGET_LENGTH_MAX || !target.startsWith("/")) {
      return null;
    }
    List<Readings> pieces = new ArrayList<>();
    byte[] octets = target.getBytes(StandardCharsets.ISO_8859_1);
    int hash = Reading.hashOfNothing();
    int capitals = 0;
    int from = 1;
    int at = 1;
    for (; at < octets.length; at++) {
      byte octet = octets[at];
      int small = Piece.small(octet);
      if (small != 0) {
        capitals |= small ^ octet;
        hash = Reading.hash(hash, small);
      } else if (octet == '/'
          && isPlain(target, from, at)
          && pieces.size() < PathTemplate.SEGMENTS_MAX) {
        pieces.add(Reading.of(target, from, at, hash, capitals != 0));
        hash = Reading.hashOfNothing();
        capitals = 0;
        from = at + 1;
      } else if (target.charAt(at) == '?' && queryFault(target, at).isEmpty()) {
        break;
      } else {
        return null;
      }
    }
    if (from < at) {
      if (!isPlain(target, from, at)) {
        return null;
      }
      pieces.add(Reading.of(target, from, at, hash, capitals != 0));
    }
    return pieces.size() > PathTemplate.SEGMENTS_MAX ? null : new Clear(pieces, from == at);
  }

  private static boolean isPlain(String target, int from, int to) {
    return from < to && target.charAt(to - 1) != '.';
  }

  /** Reads any target, one that is plain in the same way. */
  static RequestPath readClosely(String target) {
    if (target.length() > OperationIndex.TARGET_LENGTH_MAX) {
      return new Unclear(Ambiguity.TOO_LONG);
    }
    if (!target.startsWith("/")) {
      return new Unclear(Ambiguity.NOT_A_PATH);
    }
    int query = target.indexOf('?');
    int end = query < 0 ? target.length() : query;
    Optional<Ambiguity> fault = queryFault(target, end);
    if (fault.isPresent()) {
      return new Unclear(fault.get());
    }
    List<Readings> pieces = new ArrayList<>();
    for (int from = 1; from < end; ) {
      if (pieces.size() == PathTemplate.SEGMENTS_MAX) {
        return new Unclear(Ambiguity.TOO_MANY_SEGMENTS);
      }
      int slash = target.indexOf('/', from);
      int to = slash < 0 || slash > end ? end : slash;
      String raw = target.substring(from, to);
      fault = Piece.fault(raw);
      if (fault.isPresent()) {
        return new Unclear(fault.get());
      }
      pieces.add(Piece.of(raw));
      from = to + 1;
    }
    return new Clear(pieces, target.charAt(end - 1) == '/');
  }

  /** A query is no matter of ours, but where it ends the request line or the target. */
  private static Optional<Ambiguity> queryFault(String target, int from) {
    for (int i = from; i < target.length(); i++) {
      char character = target.charAt(i);
      if (character == '#') {
        return Optional.of(Ambiguity.FRAGMENT);
      }
      if (character <= ' ' || character == 0x7f) {
        return Optional.of(Ambiguity.BARE_CHARACTER);
      }
    }
    return Optional.empty();
  }
}
