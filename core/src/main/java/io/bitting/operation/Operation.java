package io.bitting.operation;

import io.bitting.scope.Requirement;
import java.util.regex.Pattern;

/**
 * One operation of an API: an HTTP method and a path template, with what it requires of a key.
 *
 * @param method the HTTP method, in capitals
 * @param path the template of its path, base path included
 * @param requirement what it requires
 * @param id the name that the API's description gives it; empty if none
 * @param summary what it does, in a line; empty if nobody says
 * @param tag the heading it stands under; empty if none
 */
public record Operation(
    String method,
    PathTemplate path,
    Requirement requirement,
    String id,
    String summary,
    String tag) {
  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");

  /**
   * Checks the method.
   *
   * @throws IllegalArgumentException if it is not 1 to 20 capitals
   */
  public Operation {
    if (!METHOD.matcher(method).matches()) {
      throw new IllegalArgumentException(
          "method \"" + method + "\" is not 1 to 20 capital letters");
    }
  }

  /** Returns its method and path, as people write them: {@code GET /users/{id}}. */
  public String name() {
    return method + " " + path;
  }

  /** Returns what makes it this operation: two with one signature answer to the same requests. */
  public String signature() {
    return method + " " + path.shape();
  }

  @Override
  public String toString() {
    return name() + " requires " + requirement;
  }
}
