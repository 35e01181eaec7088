package io.bitting.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The path of a request target, read strictly: what two servers could read differently is not. */
sealed interface RequestPath {

  /**
   * A path that has one reading, but for what depends on the operations.
   *
   * @param pieces its segments, without the empty one after a slash at the end
   * @param slashed whether it ends with a slash
   */
  record Clear(List<Piece> pieces, boolean slashed) implements RequestPath {}

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
    List<Piece> pieces = new ArrayList<>();
    for (int from = 1; from < end; ) {
      if (pieces.size() == PathTemplate.SEGMENTS_MAX) {
        return new Unclear(Ambiguity.TOO_MANY_SEGMENTS);
      }
      int kinds = 0;
      int to = from;
      for (; to < end && target.charAt(to) != '/'; to++) {
        kinds |= Piece.kind(target.charAt(to));
      }
      String raw = target.substring(from, to);
      if (!Piece.isPlain(raw, kinds)) {
        fault = Piece.fault(raw);
        if (fault.isPresent()) {
          return new Unclear(fault.get());
        }
      }
      pieces.add(Piece.of(raw, kinds));
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
