package io.bitting.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bitting.access.VerifiedKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request as an endpoint sees it: let through by the guard, its body read.
 *
 * <p>Used by one thread. {@code toString} shows neither body nor headers.
 */
public final class Call {
  private final Head head;
  private final Map<String, String> path;
  private final Query query;
  private final byte[] body;
  private final String mediaType;
  private final @Nullable Caller caller;

  /** The headers of a request. */
  @FunctionalInterface
  public interface Headers {
    /**
     * Returns all values of a header, in order.
     *
     * @param name the header, in any case
     */
    List<String> all(CharSequence name);
  }

  /**
   * What came before the body.
   *
   * @param requestId tells what names the request; drawn when it is asked for
   * @param method the HTTP method
   * @param target the request target as it was sent, its query included
   * @param headers the headers
   * @param source the address that it came from; empty if that is not known
   */
  public record Head(
      Supplier<String> requestId, String method, String target, Headers headers, String source) {
    @Override
    public String toString() {
      return requestId.get();
    }
  }

  /**
   * Describes a request.
   *
   * @param head what came before the body
   * @param path the values of the path's parameters
   * @param query the parameters of the query
   * @param body the body, possibly empty
   * @param mediaType the media type of the body without its parameters, lower case; empty if none
   *     was given, or the operation takes no body
   * @param caller who asks, null if the operation is anonymous
   */
  public Call(
      Head head,
      Map<String, String> path,
      Query query,
      byte[] body,
      String mediaType,
      @Nullable Caller caller) {
    this.head = head;
    this.path = path;
    this.query = query;
    this.body = body;
    this.mediaType = mediaType;
    this.caller = caller;
  }

  /** Makes a call once its body is read. */
  @FunctionalInterface
  interface Maker {
    Call of(byte[] body);
  }

  /** Returns what names the request. */
  public String requestId() {
    return head.requestId().get();
  }

  /** Returns the HTTP method. */
  public String method() {
    return head.method();
  }

  /** Returns the request target as it was sent, its query included. */
  public String target() {
    return head.target();
  }

  /** Returns the headers. */
  public Headers headers() {
    return head.headers();
  }

  /**
   * Returns a parameter of the path.
   *
   * @param name a parameter of the endpoint's template
   */
  public String path(String name) {
    return Objects.requireNonNull(path.get(name), name);
  }

  /** Returns the parameters of the query. */
  public Query query() {
    return query;
  }

  /**
   * Returns the media type of the body, lower case, without parameters; empty if none was given.
   */
  public String mediaType() {
    return mediaType;
  }

  /** Returns the body as it is. */
  public byte[] body() {
    return body;
  }

  /**
   * Reads the body as JSON.
   *
   * @throws Malformed if it is none
   */
  public JsonNode json() {
    return Json.read(body);
  }

  /**
   * Reads a body that may be left out.
   *
   * @return the JSON; an empty object if there is no body
   * @throws Malformed if there is a body that is not JSON
   */
  public JsonNode jsonIfAny() {
    return body.length == 0 ? JsonNodeFactory.instance.objectNode() : Json.read(body);
  }

  /**
   * Reads a body that has nothing to say: none, or an empty object.
   *
   * @throws Malformed if it has members
   */
  public void requireNoMembers() {
    if (!jsonIfAny().isObject() || !jsonIfAny().isEmpty()) {
      throw new Malformed(
          ProblemCode.REQUEST_MALFORMED, "This operation takes no members; send no body, or {}.");
    }
  }

  /**
   * Returns who asks.
   *
   * @throws IllegalStateException if the operation is anonymous
   */
  public Caller caller() {
    Caller known = caller;
    if (known == null) {
      throw new IllegalStateException("an anonymous operation has no caller");
    }
    return known;
  }

  /**
   * Returns the caller's key, of an operation that only keys ask for.
   *
   * @throws IllegalStateException if the operation is anonymous, or a member asks
   */
  public VerifiedKey key() {
    if (caller() instanceof Caller.Key asking) {
      return asking.key();
    }
    throw new IllegalStateException("a member has no key");
  }

  /** Returns the address that the request came from. */
  public Optional<String> source() {
    return head.source().isEmpty() ? Optional.empty() : Optional.of(head.source());
  }

  @Override
  public String toString() {
    return "Call[" + head + "]";
  }
}
