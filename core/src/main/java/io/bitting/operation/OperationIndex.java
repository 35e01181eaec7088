package io.bitting.operation;

import java.util.Collection;

/**
 * The operations of one API, to be found by a request's method and target.
 *
 * <p>A literal segment is more concrete than a mixed one ({@code {name}.json}), and that than a
 * parameter. Of the operations that have the request's method and match its path, the one is found
 * that is at least as concrete as every other in every segment. If there is none such, or if a
 * server that is less exact could take the path for an operation that requires something else, the
 * request is ambiguous.
 *
 * <p><b>Security guarantees.</b> For what is found, a server behind the gate that has the same
 * operations calls one with the same requirement, or none, although it ignores case, marks or
 * Unicode's compatibility forms in fixed parts, decodes the path before or after it is taken apart,
 * resolves dots, joins slashes, cuts off what follows a semicolon, ignores or adds a slash at the
 * end, takes what follows a dot in the last segment for a format, or answers HEAD as GET. Not
 * given: anything about a server that has other operations than the index, that prefers a parameter
 * to a literal, that rewrites paths, or that takes a method from elsewhere ({@code
 * X-HTTP-Method-Override}, {@code _method}).
 *
 * <p>Immutable and thread-safe.
 */
public final class OperationIndex {
  /** The greatest length of a request target, in characters. */
  public static final int TARGET_LENGTH_MAX = 8_192;

  private final Place root;

  private OperationIndex(Collection<Operation> operations) {
    root = Place.root(operations);
  }

  /**
   * Makes an index. Costs a time that grows with the number of operations.
   *
   * @param operations any number; of two that have one method and one shape the first is found if
   *     their requirements are equal, and neither if not
   */
  public static OperationIndex of(Collection<Operation> operations) {
    return new OperationIndex(operations);
  }

  /**
   * Finds the operation that a request calls. Costs a time that grows with the length of the target
   * and, within a fixed bound, with the number of templates that match it; the number of operations
   * does not count. Never throws for what a client can send.
   *
   * @param method the request's method, compared exactly: {@code get} is unknown, and {@code HEAD}
   *     is not {@code GET}
   * @param target the request's target in origin form, as it came: RFC 9112 section 3.2.1; its
   *     query is left out of account
   */
  public Match find(String method, String target) {
    RequestPath path = RequestPath.read(target);
    if (path instanceof RequestPath.Unclear unclear) {
      return new Match.Ambiguous(unclear.reason());
    }
    return new Walk(method, (RequestPath.Clear) path).from(root);
  }
}
