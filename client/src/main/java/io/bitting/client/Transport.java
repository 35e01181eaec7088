package io.bitting.client;

import io.bitting.client.protocol.Json;
import io.bitting.client.protocol.Problem;
import io.bitting.id.Base62;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Sends requests and turns what comes back into outcomes. Thread-safe. */
final class Transport {
  private static final Form JSON = new Form("application/json", 8 << 20);

  /** Ten thousand operations, each in several places, are a long page. */
  private static final Form PAGE = new Form("text/html", 64 << 20);

  /** A row has some 500 characters, and an organization thousands of keys. */
  private static final Form CSV = new Form("text/csv", 32 * 1024 * 1024);

  /** So many base62 digits that no two requests get the same. */
  private static final int NAME_LENGTH = 22;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** As many events as a part may have, each of the longest requests. */
  private static final int PART_BYTES_MAX = 256 << 20;

  private final HttpClient http;
  private final URI base;
  private final Supplier<String> token;
  private final Duration timeout;

  Transport(HttpClient http, URI base, Supplier<String> token, Duration timeout) {
    this.http = http;
    this.base = base;
    this.token = token;
    this.timeout = timeout;
  }

  /**
   * What to send.
   *
   * @param method the HTTP method
   * @param path path and query, percent-encoded
   * @param body what to send
   * @param contentType its media type
   * @param anonymous whether to send it without the token
   * @param repeatable whether sending it twice does no harm
   * @param idempotencyKey by which the server knows it when it comes twice; empty for none
   */
  record Request(
      String method,
      String path,
      String body,
      String contentType,
      boolean anonymous,
      boolean repeatable,
      String idempotencyKey) {
    Request(
        String method,
        String path,
        String body,
        String contentType,
        boolean anonymous,
        boolean repeatable) {
      this(method, path, body, contentType, anonymous, repeatable, "");
    }

    static Request get(String path) {
      return new Request("GET", path, "", "", false, true);
    }

    static Request of(String method, String path) {
      return new Request(method, path, "", "", false, false);
    }

    static Request of(String method, String path, Object body) {
      return new Request(
          method,
          path,
          new String(Json.write(body), StandardCharsets.UTF_8),
          "application/json",
          false,
          false);
    }

    Request asAnonymous() {
      return new Request(method, path, body, contentType, true, repeatable);
    }

    Request asRepeatable() {
      return new Request(method, path, body, contentType, anonymous, true);
    }

    private static String name() {
      byte[] name = new byte[NAME_LENGTH];
      Base62.fill(RANDOM, name, 0, name.length);
      return new String(name, StandardCharsets.US_ASCII);
    }

    /** Makes it one that the server carries out once, even if it is sent twice. */
    Request asNamed() {
      return new Request(method, path, body, contentType, anonymous, true, name());
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /**
   * What an answer is to be.
   *
   * @param mediaType its media type
   * @param bytesMax the longest body that is taken
   */
  private record Form(String mediaType, int bytesMax) {}

  /**
   * Sends a request and waits for the whole answer, in JSON.
   *
   * @throws ClientException if there is none in time, or none of the form expected
   */
  <T> Outcome<T> send(Request request, Function<byte[], T> read) {
    return send(request, JSON, response -> read.apply(response.body()));
  }

  /**
   * Sends a request and waits for a page.
   *
   * @throws ClientException if there is none in time, or none of the form expected
   */
  Outcome<String> page(Request request) {
    return send(request, PAGE, Transport::text);
  }

  /**
   * Sends a request and waits for a table.
   *
   * @throws ClientException if there is none in time, or none of the form expected
   */
  Outcome<String> csv(Request request) {
    return send(request, CSV, Transport::text);
  }

  /**
   * Sends a request and waits for a part of an export.
   *
   * @throws ClientException if there is none in time, or none of the form expected
   */
  Outcome<AuditPart> part(Request request, AuditFormat format) {
    return send(
        request,
        new Form(format.mediaType(), PART_BYTES_MAX),
        response ->
            new AuditPart(text(response), response.headers().firstValue("Bitting-Next-Cursor")));
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private <T> Outcome<T> send(Request request, Form form, Function<HttpResponse<byte[]>, T> read) {
    HttpResponse<byte[]> response = exchange(request, form);
    String type = response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    int status = response.statusCode();
    try {
      if ((status == 200 || status == 201) && type.startsWith(form.mediaType())) {
        return new Outcome.Done<>(read.apply(response));
      }
      if (status >= 400 && type.startsWith("application/problem+json")) {
        return new Outcome.Refused<>(Json.read(response.body(), Problem.class));
      }
    } catch (IllegalArgumentException e) {
      throw new ClientException(
          base + " answered " + request + " with " + status + ", but " + e.getMessage(), e);
    }
    throw new ClientException(
        base + " answered " + request + " with " + status + " " + explain(status, type, response));
  }

  private static String explain(int status, String type, HttpResponse<byte[]> response) {
    Optional<String> location = response.headers().firstValue("Location");
    if (status >= 300 && status < 400 && location.isPresent()) {
      return "and points elsewhere; redirects are not followed, since the token would go along: use the address itself";
    }
    return "and "
        + (type.isEmpty() ? "no content type" : "content of type " + printable(type))
        + ", which is not an answer of Bitting";
  }

  private static String printable(String type) {
    String plain = type.replaceAll("[^a-z0-9/+;=. _-]", "?");
    return plain.length() > 60 ? plain.substring(0, 60) + "…" : plain;
  }

  private HttpResponse<byte[]> exchange(Request request, Form form) {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      return exchange(request, form, deadline);
    } catch (IOException e) {
      if (!request.repeatable()) {
        throw unreachable(request, e);
      }
    }
    try {
      /* The connection was an idle one that the server had closed, most likely. */
      return exchange(request, form, deadline);
    } catch (IOException e) {
      throw unreachable(request, e);
    }
  }

  private ClientException unreachable(Request request, IOException e) {
    return new ClientException(
        base + " cannot be reached for " + request + ": " + Unreachable.why(e), e);
  }

  private HttpResponse<byte[]> exchange(Request request, Form form, long deadline)
      throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(built(request, form), info -> new BoundedBody(form.bytesMax()));
    try {
      return answer.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new ClientException(
          base + " did not answer " + request + " within " + timeout.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new ClientException("the wait for the answer to " + request + " was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new ClientException(base + " could not be asked " + request, e);
    }
  }

  private HttpRequest built(Request request, Form form) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(base + request.path()))
            .header("Accept", form.mediaType() + ", application/problem+json")
            .header("User-Agent", "bitting-client")
            .method(
                request.method(),
                request.body().isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(request.body()));
    if (!request.contentType().isEmpty()) {
      builder.header("Content-Type", request.contentType());
    }
    if (!request.idempotencyKey().isEmpty()) {
      builder.header("Idempotency-Key", '"' + request.idempotencyKey() + '"');
    }
    if (!request.anonymous()) {
      builder.header("Authorization", "Bearer " + presentable(token.get()));
    }
    return builder.build();
  }

  /* A header with any other character is refused by the JDK with a message that quotes it. */
  private static String presentable(String token) {
    if (token.isEmpty() || !token.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new IllegalStateException(
          "the token is empty or has characters that no token has; look for blanks and line breaks");
    }
    return token;
  }
}
