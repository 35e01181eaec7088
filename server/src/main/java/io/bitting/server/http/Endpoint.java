package io.bitting.server.http;

/**
 * One operation of the HTTP interface: a function from a request to an answer. Must be thread-safe.
 */
public interface Endpoint {

  /** Returns where it is and what it asks of a caller. */
  Route route();

  /**
   * Answers a request that the guard let through.
   *
   * @param call the request
   * @return never null
   * @throws Malformed if the request cannot be read; nothing was changed
   */
  Answer handle(Call call);
}
