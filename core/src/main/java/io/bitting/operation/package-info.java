/**
 * The operations of a protected API: an HTTP method and a path template each, with what they
 * require. {@link io.bitting.operation.OperationIndex} finds the one that a request calls, in a
 * time that does not grow with their number; a path that two servers could read differently is
 * ambiguous, and nothing is found for it.
 */
@NullMarked
package io.bitting.operation;

import org.jspecify.annotations.NullMarked;
