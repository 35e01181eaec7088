package io.bitting.samples;

import io.bitting.scope.Requirement;
import io.vertx.core.http.HttpMethod;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An operation of a sample API, as its table declares it. There is none without a requirement.
 *
 * <p>Immutable and thread-safe.
 *
 * @param method the HTTP method
 * @param template the path below the API's own, {@code /scans/{id}}
 * @param name what it does, in a few words
 * @param requirement what it requires of a key
 * @param body what it takes
 * @param query the names of its query parameters
 * @param example a call that works on the data that every organization starts with
 */
public record Operation(
    HttpMethod method,
    String template,
    String name,
    Requirement requirement,
    Body body,
    SortedSet<String> query,
    Example example) {

  /** What the body of a request may be. */
  public enum Body {
    /** Nothing, or an empty JSON object. */
    NONE(64 << 10, "application/json"),
    /** A JSON object. */
    JSON(64 << 10, "application/json"),
    /** Bytes as they are. */
    BYTES(256 << 10, "application/octet-stream");

    private final int bytesMax;
    private final String mediaType;

    Body(int bytesMax, String mediaType) {
      this.bytesMax = bytesMax;
      this.mediaType = mediaType;
    }

    /** Returns how many bytes are taken at most. */
    public int bytesMax() {
      return bytesMax;
    }

    /** Returns the media type that a body must have. */
    public String mediaType() {
      return mediaType;
    }
  }

  /**
   * A call that works.
   *
   * @param path path and query, below the API's own path
   * @param body what is sent, null for nothing
   */
  public record Example(String path, @Nullable String body) {}

  /**
   * Checks and copies.
   *
   * @throws NullPointerException if the requirement or anything else is missing
   * @throws IllegalArgumentException if the template does not begin with a slash
   */
  public Operation {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(requirement, "requirement");
    if (!template.startsWith("/")) {
      throw new IllegalArgumentException(
          "template \"" + template + "\" does not begin with a slash");
    }
    query = Collections.unmodifiableSortedSet(new TreeSet<>(query));
  }

  /**
   * Declares an operation that takes neither body nor query. Its example calls it for the thing
   * with id 1.
   *
   * @param method the HTTP method
   * @param template the path
   * @param name what it does
   * @param requirement what it requires
   */
  public static Operation of(
      HttpMethod method, String template, String name, Requirement requirement) {
    Example example = new Example(template.replaceAll("\\{[^}]*}", "1"), null);
    return new Operation(method, template, name, requirement, Body.NONE, new TreeSet<>(), example);
  }

  /**
   * Declares an operation that reads, see {@link #of}.
   *
   * @param template the path
   * @param name what it does
   * @param requirement what it requires
   */
  public static Operation get(String template, String name, Requirement requirement) {
    return of(HttpMethod.GET, template, name, requirement);
  }

  /**
   * Declares an operation that makes or does something, see {@link #of}.
   *
   * @param template the path
   * @param name what it does
   * @param requirement what it requires
   */
  public static Operation post(String template, String name, Requirement requirement) {
    return of(HttpMethod.POST, template, name, requirement);
  }

  /**
   * Declares an operation that edits, see {@link #of}.
   *
   * @param template the path
   * @param name what it does
   * @param requirement what it requires
   */
  public static Operation patch(String template, String name, Requirement requirement) {
    return of(HttpMethod.PATCH, template, name, requirement);
  }

  /**
   * Declares an operation that sets something as a whole, see {@link #of}.
   *
   * @param template the path
   * @param name what it does
   * @param requirement what it requires
   */
  public static Operation put(String template, String name, Requirement requirement) {
    return of(HttpMethod.PUT, template, name, requirement);
  }

  /**
   * Declares an operation that deletes, see {@link #of}.
   *
   * @param template the path
   * @param name what it does
   * @param requirement what it requires
   */
  public static Operation delete(String template, String name, Requirement requirement) {
    return of(HttpMethod.DELETE, template, name, requirement);
  }

  /**
   * Returns it with query parameters.
   *
   * @param names their names
   */
  public Operation query(String... names) {
    return new Operation(
        method,
        template,
        name,
        requirement,
        body,
        new TreeSet<>(java.util.Arrays.asList(names)),
        example);
  }

  /**
   * Returns it with another path to call as the example.
   *
   * @param path path and query
   */
  public Operation example(String path) {
    return new Operation(
        method, template, name, requirement, body, query, new Example(path, example.body()));
  }

  /**
   * Returns it with a body.
   *
   * @param kind what it takes
   * @param sent an example
   */
  public Operation taking(Body kind, String sent) {
    return new Operation(
        method, template, name, requirement, kind, query, new Example(example.path(), sent));
  }

  /**
   * Joins it with what answers it.
   *
   * @param action answers calls
   * @param <W> what an organization has in this API
   */
  public <W> Endpoint<W> by(Endpoint.Action<W> action) {
    return new Endpoint<>(this, action);
  }

  /** Returns method and template, {@code DELETE /scans/{id}}. */
  @Override
  public String toString() {
    return method + " " + template;
  }
}
