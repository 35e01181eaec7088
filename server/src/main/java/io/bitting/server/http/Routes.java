package io.bitting.server.http;

import io.bitting.scope.Requirement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Finds the endpoint of a request: a tree of path segments, of which a literal one goes first, then
 * what stands for all that follows, then a parameter. Paths are compared as they are sent; what is
 * encoded in another way than ours is not found.
 *
 * <p>Thread-safe.
 */
public final class Routes {
  private static final int LAST_BITS = 6;

  /** Whoever asks about keys asks at one path again and again, and that is a short one. */
  private static final int LAST_LENGTH_MAX = 64;

  private final Node root = new Node();

  /** What was found last on the data plane. Of two that fall on one place the later one is kept. */
  private final AtomicReferenceArray<@Nullable Last> last =
      new AtomicReferenceArray<>(1 << LAST_BITS);

  private final List<Endpoint> endpoints;

  /** What was found for a request. */
  sealed interface Found {}

  /**
   * An endpoint.
   *
   * @param endpoint the endpoint
   * @param path the values of the path's parameters
   */
  record Match(Endpoint endpoint, Map<String, String> path) implements Found {}

  /**
   * A path that has other methods.
   *
   * @param allow the methods that it has
   */
  record OtherMethods(String allow) implements Found {}

  /** Nothing at all. */
  record Nowhere() implements Found {}

  private record Last(String method, String path, Match match) {}

  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    final Map<String, Endpoint> methods = new HashMap<>();
    @Nullable Node parameter;
    String parameterName = "";

    /** What takes everything below, whatever it looks like. */
    @Nullable Node rest;

    String restName = "";
  }

  /**
   * Takes all endpoints.
   *
   * @param endpoints the endpoints
   * @throws IllegalStateException if two have the same place or operation id, or one declares no
   *     requirement that can be met: the server must not start
   */
  public Routes(Collection<? extends Endpoint> endpoints) {
    this.endpoints = List.copyOf(endpoints);
    Map<String, Endpoint> ids = new HashMap<>();
    for (Endpoint endpoint : endpoints) {
      Route route = endpoint.route();
      if (ids.put(route.operationId(), endpoint) != null) {
        throw new IllegalStateException("two endpoints are called " + route.operationId());
      }
      if (route.requirement() instanceof Requirement.Scopes scopes) {
        checkBuiltIn(route, scopes);
      }
      add(endpoint, route);
    }
  }

  private static void checkBuiltIn(Route route, Requirement.Scopes scopes) {
    io.bitting.scope.Catalog catalog = io.bitting.scope.Catalog.builtIn();
    for (var alternative : scopes.alternatives()) {
      if (!catalog.scopes().containsAll(alternative)) {
        throw new IllegalStateException(
            route.operation() + " requires a scope that Bitting does not have: " + alternative);
      }
    }
  }

  private void add(Endpoint endpoint, Route route) {
    Node node = root;
    for (String segment : route.segments()) {
      if (segment.endsWith("*}")) {
        Node child = node.rest == null ? new Node() : node.rest;
        node.rest = child;
        node.restName = segment.substring(1, segment.length() - 2);
        node = child;
      } else if (segment.startsWith("{")) {
        Node child = node.parameter == null ? new Node() : node.parameter;
        String name = segment.substring(1, segment.length() - 1);
        if (node.parameter != null && !node.parameterName.equals(name)) {
          throw new IllegalStateException(
              route.operation() + " calls {" + node.parameterName + "} " + segment);
        }
        node.parameter = child;
        node.parameterName = name;
        node = child;
      } else {
        node = node.literals.computeIfAbsent(segment, s -> new Node());
      }
    }
    if (node.methods.put(route.method(), endpoint) != null) {
      throw new IllegalStateException("two endpoints are at " + route.operation());
    }
  }

  /** Returns all endpoints. */
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  Found find(String method, String path) {
    int hash = (path.hashCode() * 31 + method.hashCode()) * 0x9E3779B9;
    int place = hash >>> (Integer.SIZE - LAST_BITS);
    Last known = last.getAcquire(place);
    if (known != null && known.path().equals(path) && known.method().equals(method)) {
      return known.match();
    }
    Found found = walk(method, path);
    if (path.length() <= LAST_LENGTH_MAX
        && found instanceof Match match
        && match.endpoint().route().plane() == Route.Plane.DATA) {
      last.setRelease(place, new Last(method, path, match));
    }
    return found;
  }

  private Found walk(String method, String path) {
    Map<String, String> parameters = Map.of();
    Node node = root;
    int at = 1;
    while (at <= path.length()) {
      int end = path.indexOf('/', at);
      String segment = path.substring(at, end < 0 ? path.length() : end);
      Node next = node.literals.get(segment);
      if (next == null && node.rest != null) {
        return found(node.rest, method, with(parameters, node.restName, path.substring(at)));
      }
      if (next == null) {
        next = segment.isEmpty() ? null : node.parameter;
        if (next == null) {
          return new Nowhere();
        }
        parameters = with(parameters, node.parameterName, segment);
      }
      node = next;
      if (end < 0) {
        break;
      }
      at = end + 1;
    }
    return found(node, method, parameters);
  }

  /** Adds a parameter; most paths have one at most. */
  private static Map<String, String> with(Map<String, String> some, String name, String value) {
    if (some.isEmpty()) {
      return Map.of(name, value);
    }
    Map<String, String> more = new HashMap<>(some);
    more.put(name, value);
    return more;
  }

  private static Found found(Node node, String method, Map<String, String> parameters) {
    if (node.methods.isEmpty()) {
      return new Nowhere();
    }
    Optional<Endpoint> endpoint =
        Optional.ofNullable(node.methods.get(method))
            .or(() -> Optional.ofNullable(node.methods.get(Route.ANY_METHOD)))
            .or(() ->
                method.equals("HEAD")
                    ? Optional.ofNullable(node.methods.get("GET"))
                    : Optional.empty());
    if (endpoint.isPresent()) {
      return new Match(endpoint.get(), parameters);
    }
    List<String> allow = new ArrayList<>(new TreeSet<>(node.methods.keySet()));
    if (allow.contains("GET")) {
      allow.add("HEAD");
    }
    return new OtherMethods(String.join(", ", allow));
  }
}
