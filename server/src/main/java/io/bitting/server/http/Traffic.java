package io.bitting.server.http;

/**
 * Told of each request that was answered. Called on the check path: must be quick, must not block
 * or throw.
 */
@FunctionalInterface
public interface Traffic {
  /**
   * Takes note of an answer.
   *
   * @param operationId the operation, or {@code none} if there was none at the address
   * @param status the HTTP status
   * @param nanos how long it took
   */
  void answered(String operationId, int status, long nanos);
}
