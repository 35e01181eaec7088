package io.bitting.server.http;

/**
 * Told of each query that may have a key in it: a query stands in logs and histories, so that such
 * a key counts as exposed. Called on the check path: must be quick, must not block or throw.
 */
@FunctionalInterface
public interface Exposures {
  /**
   * Looks for keys in a query.
   *
   * @param query the query as it was sent, without the question mark
   * @param source the address that the request came from; empty if that is not known
   * @param requestId names the request
   */
  void seenInQuery(String query, String source, String requestId);
}
