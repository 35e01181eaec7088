package io.bitting.samples;

import io.bitting.access.VerifiedKey;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;

/**
 * A request that was admitted and read.
 *
 * @param key the key that it was admitted with
 * @param path the values of the template's parameters
 * @param query the values of the query's parameters, each of them declared
 * @param fields the members of the JSON body; none if it has no such body
 * @param content the body as it came
 */
public record Call(
    VerifiedKey key,
    Map<String, String> path,
    Map<String, String> query,
    Fields fields,
    Buffer content) {

  /** Returns the id in the path. */
  public String id() {
    return path.getOrDefault("id", "");
  }

  /**
   * Returns the value of a query parameter, if the request has it.
   *
   * @param name its name
   */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }
}
