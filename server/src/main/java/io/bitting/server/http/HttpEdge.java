package io.bitting.server.http;

import io.bitting.access.Credential;
import io.bitting.access.Guard;
import io.bitting.access.Refusal;
import io.bitting.access.VerificationUnavailableException;
import io.bitting.access.VerifiedKey;
import io.bitting.scope.Requirement;
import io.bitting.scope.Spelling;
import io.bitting.store.StoreException;
import io.bitting.usage.Origin;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AsciiString;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that knows the HTTP server beneath: takes requests, asks the gate, reads the body
 * within its limit, runs the endpoint where it belongs, and writes the answer.
 *
 * <p><b>Security guarantees.</b> An endpoint runs only after the gate let the request through;
 * whatever throws is a refusal or a failure, never an answer of the endpoint. Neither credentials
 * nor bodies are logged. Not given: the server's own buffers hold a request until they are used
 * again.
 *
 * <p>Thread-safe.
 */
public final class HttpEdge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpEdge.class);
  private static final int HEADERS_BYTES_MAX = 16 * 1024;
  private static final int LINE_BYTES_MAX = 8 * 1024;
  private static final int DRAINED_BYTES_MAX = 4 * 1024 * 1024;
  private static final int CLOSE_SECONDS = 10;
  private static final String NONE = "none";
  private static final String SET_COOKIE = "Set-Cookie";
  private static final Credential NO_CREDENTIAL = Credential.of(List.of(), List.of(), List.of());
  private static final byte[] NO_BODY = new byte[0];

  private static final CharSequence API_KEY = HttpHeaders.createOptimized("X-API-Key");
  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");
  private static final CharSequence GATEWAY = HttpHeaders.createOptimized("X-Bitting-Gateway");
  private static final CharSequence NOSNIFF_NAME =
      HttpHeaders.createOptimized("X-Content-Type-Options");
  private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence CSP_NAME =
      HttpHeaders.createOptimized("Content-Security-Policy");
  private static final CharSequence CSP =
      HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'; sandbox");
  private static final CharSequence REFERRER_NAME = HttpHeaders.createOptimized("Referrer-Policy");
  private static final CharSequence REFERRER = HttpHeaders.createOptimized("no-referrer");
  private static final CharSequence JSON = HttpHeaders.createOptimized(AnswerForm.JSON);
  private static final CharSequence PROBLEM = HttpHeaders.createOptimized(AnswerForm.PROBLEM);

  private final Vertx vertx;
  private final EdgeSettings settings;

  /** Whether every connection is: the server beneath looks for it in each. */
  private final boolean tls;

  private final Routes routes;
  private final Gate gate;
  private final Traffic traffic;
  private final Exposures exposures;
  private final FailureBudget failures;
  private final Peers peers = new Peers();
  private final Proxies proxies;
  private final AnswerForm form = new AnswerForm(this::baseUrl);
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Mount> mounts = new CopyOnWriteArrayList<>();

  /**
   * Connections on which nobody knows where a request ends: what follows there may be a request
   * that was hidden in another one, so it is not taken for one. They are being closed.
   */
  private final Set<HttpConnection> lost = ConcurrentHashMap.newKeySet();

  private final AtomicInteger port = new AtomicInteger();
  private volatile String baseUrl;

  /** What somebody else takes: everything below a path that ends with a slash. */
  private record Mount(String prefix, Handler<HttpServerRequest> handler) {}

  /**
   * Makes an edge that does not listen yet.
   *
   * @param vertx the event loops
   * @param settings how to listen
   * @param routes the endpoints
   * @param gate lets requests through
   * @param traffic told of each answer
   * @param exposures told of each query that a key may be in
   * @param failures how many wrong credentials an address may present
   */
  public HttpEdge(
      Vertx vertx,
      EdgeSettings settings,
      Routes routes,
      Gate gate,
      Traffic traffic,
      Exposures exposures,
      FailureBudget failures) {
    this.vertx = vertx;
    this.settings = settings;
    this.tls = settings.tls().isPresent();
    this.routes = routes;
    this.gate = gate;
    this.traffic = traffic;
    this.exposures = exposures;
    this.failures = failures;
    this.proxies = new Proxies(settings.proxies());
    this.baseUrl = settings.baseUrl();
  }

  /**
   * Hands everything below a path to somebody else, who guards it himself.
   *
   * @param prefix the path, without a slash at its end
   * @param handler takes the requests
   */
  public void mount(String prefix, Handler<HttpServerRequest> handler) {
    mounts.add(new Mount(prefix + "/", handler));
  }

  /**
   * Begins to listen.
   *
   * @return the port
   * @throws IllegalStateException if it cannot; the message says why
   */
  public int listen() {
    int loops = Runtime.getRuntime().availableProcessors();
    try {
      vertx
          .deployVerticle(
              () -> new Listener(options()), new DeploymentOptions().setInstances(loops))
          .toCompletionStage()
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while beginning to listen", e);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      boolean ofAddress =
          settings.tls().isEmpty()
              || cause instanceof BindException
              || cause instanceof UnknownHostException;
      throw new IllegalStateException(
          "cannot listen on "
              + settings.host()
              + ":"
              + settings.port()
              + ": "
              + cause.getMessage()
              + (ofAddress
                  ? "; choose another address with --listen, or stop what listens there"
                  : "; give a certificate and its key as PEM files with --tls-cert and --tls-key"),
          e);
    }
    if (baseUrl.isEmpty()) {
      String host =
          settings.host().indexOf(':') >= 0 ? "[" + settings.host() + "]" : settings.host();
      baseUrl = (settings.tls().isPresent() ? "https://" : "http://") + host + ":" + port.get();
    }
    return port.get();
  }

  /** Returns the address that links in answers begin with. */
  public String baseUrl() {
    return baseUrl;
  }

  private SocketAddress address() {
    return settings.port() == 0
        ? SocketAddress.sharedRandomPort(1, settings.host())
        : SocketAddress.inetSocketAddress(settings.port(), settings.host());
  }

  private HttpServerOptions options() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxHeaderSize(HEADERS_BYTES_MAX)
            .setMaxInitialLineLength(LINE_BYTES_MAX)
            .setIdleTimeout(60)
            // A request that asks a proxy to let it speak HTTP/2 beneath would get past the proxy's
            // rules.
            .setHttp2ClearTextEnabled(false)
            .setUseAlpn(false)
            .setCompressionSupported(false)
            .setDecompressionSupported(false)
            .setHandle100ContinueAutomatically(true)
            .setTcpNoDelay(true);
    settings
        .tls()
        .ifPresent(tls ->
            options
                .setSsl(true)
                .setKeyCertOptions(
                    new PemKeyCertOptions()
                        .addCertPath(tls.certificate().toString())
                        .addKeyPath(tls.key().toString())));
    return options;
  }

  /** One server an event loop; they share the port. */
  private final class Listener extends VerticleBase {
    private final HttpServerOptions options;

    Listener(HttpServerOptions options) {
      this.options = options;
    }

    @Override
    public Future<?> start() {
      HttpServer server =
          vertx
              .createHttpServer(options)
              // Not what it says: that repeats bytes of the request.
              .exceptionHandler(e -> LOG.debug("a connection failed: {}", e.getClass().getName()))
              .requestHandler(HttpEdge.this::take)
              .invalidRequestHandler(HttpEdge.this::invalid);
      return server.listen(address()).onSuccess(s -> port.set(s.actualPort()));
    }
  }

  private void take(HttpServerRequest request) {
    if (!lost.isEmpty() && lost.contains(request.connection())) {
      return;
    }
    if (!isFramed(request)) {
      invalid(request);
      return;
    }
    Exchange exchange = new Exchange(request);
    try {
      String path = request.path() == null ? "" : request.path();
      if (!isEncodedRight(path)) {
        exchange.finish(
            Answer.problem(
                ProblemCode.REQUEST_MALFORMED,
                "The path has a percent sign that two hex digits do not follow."));
        return;
      }
      for (Mount mount : mounts) {
        if (path.startsWith(mount.prefix())) {
          mount.handler().handle(request);
          return;
        }
      }
      switch (routes.find(request.method().name(), path)) {
        case Routes.Match match -> exchange.match(match);
        case Routes.OtherMethods other ->
            exchange.finish(
                Answer.problem(
                        ProblemCode.METHOD_NOT_ALLOWED,
                        "This address does not take "
                            + Spelling.printable(request.method().name())
                            + "; it takes "
                            + other.allow()
                            + ".")
                    .with("Allow", other.allow()));
        case Routes.Nowhere ignored -> exchange.finish(Answer.problem(Problem.notFound()));
      }
    } catch (RuntimeException e) {
      exchange.fail(e);
    }
  }

  /**
   * Tells whether a request says as RFC 9112 wants it (sections 3.2 and 6.1) whom it is for and
   * where it ends. The server beneath takes an unknown transfer coding for no body, and the body
   * for the next request.
   */
  private static boolean isFramed(HttpServerRequest request) {
    return (!request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || isChunked(request))
        && (request.version() != HttpVersion.HTTP_1_1
            || request.headers().getAll(HttpHeaders.HOST).size() == 1);
  }

  private static boolean isChunked(HttpServerRequest request) {
    List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
    return codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked");
  }

  private static boolean isEncodedRight(String path) {
    for (int at = path.indexOf('%'); at >= 0; at = path.indexOf('%', at + 1)) {
      if (at + 2 >= path.length()
          || Character.digit(path.charAt(at + 1), 16) < 0
          || Character.digit(path.charAt(at + 2), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private void invalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Answer answer =
        switch (cause) {
          case TooLongHttpLineException e ->
              Answer.problem(
                  ProblemCode.URI_TOO_LONG,
                  "The request line is longer than " + LINE_BYTES_MAX + " bytes.");
          case TooLongHttpHeaderException e ->
              Answer.problem(
                  ProblemCode.HEADERS_TOO_LARGE,
                  "The headers are larger than " + HEADERS_BYTES_MAX + " bytes.");
          case null, default ->
              Answer.problem(
                  ProblemCode.REQUEST_MALFORMED, "The request is not HTTP as RFC 9112 has it.");
        };
    HttpConnection connection = request.connection();
    connection.closeHandler(closed -> lost.remove(connection));
    lost.add(connection);
    new Exchange(request).finish(answer.with("Connection", "close"));
    connection.close();
  }

  /** What every answer has, so that no browser makes anything of it or keeps it. */
  static void putSafeHeaders(MultiMap headers) {
    headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
    headers.set(NOSNIFF_NAME, NOSNIFF);
    headers.set(CSP_NAME, CSP);
    headers.set(REFERRER_NAME, REFERRER);
  }

  /** One request and its answer. */
  private final class Exchange {
    private final HttpServerRequest request;
    private final long began = System.nanoTime();
    private @Nullable String requestId;
    private @Nullable Endpoint endpoint;

    /** What the caller proved with its own key; that of a gateway is told nothing here. */
    private @Nullable VerifiedKey proved;

    private boolean answered;

    /** How many bytes of the body came that nobody reads. */
    private long drained;

    Exchange(HttpServerRequest request) {
      this.request = request;
    }

    /**
     * Returns what names the request; drawn when it is asked for, since a mount has no use for it.
     */
    private String requestId() {
      String drawn = requestId;
      if (drawn == null) {
        drawn = RequestId.draw();
        requestId = drawn;
      }
      return drawn;
    }

    void match(Routes.Match match) {
      Endpoint matched = match.endpoint();
      endpoint = matched;
      Route route = matched.route();
      boolean ofGateway = route.proof() == Route.Proof.GATEWAY;
      Query query = ofGateway ? new Query(Map.of()) : query();
      MultiMap headers = request.headers();
      Credential credential =
          switch (route.proof()) {
            case KEY -> credential(headers, query);
            case GATEWAY -> gateway(headers);
            case SIGN_IN -> NO_CREDENTIAL;
          };
      Peers.Peer peer = peers.of(request.connection().remoteAddress());
      if (ofGateway && !tls && !peer.isLoopback()) {
        // What a gateway says of TLS is about its client.
        finish(
            Answer.problem(
                ProblemCode.GATEWAY_MISCONFIGURED,
                "The gateway asks over plain HTTP, in which its key can be read; it is to ask over TLS."));
        return;
      }
      if (!ofGateway
          && bringsSecret(credential, route)
          && !tls
          && !proxies.isPrivate(peer, headers)) {
        finish(
            Answer.problem(
                ProblemCode.TLS_REQUIRED,
                route.proof() == Route.Proof.SIGN_IN
                    ? "The console is for people who sign in, which is not done over plain HTTP; open it over TLS."
                    : "The request carries a key over plain HTTP; send it over TLS, and replace the key, which counts as exposed."));
        return;
      }
      String source = ofGateway ? peer.address() : proxies.address(peer.address(), headers);
      switch (gate.check(credential, route, new Origin(source, userAgent(headers)))) {
        case Guard.Refused refused -> {
          // A secret that counts no more has no sunset before it.
          proved = ofGateway || refused.refusal().status() != 403 ? null : refused.key();
          finish(
              ofGateway
                  ? matched.refused(refused.refusal())
                  : refused(refused.refusal(), source, matched));
        }
        case Guard.Passed passed -> {
          proved = ofGateway ? null : passed.key();
          body(match, query, passed, source);
        }
      }
    }

    private static Credential credential(MultiMap headers, Query query) {
      return Credential.of(
          headers.getAll(HttpHeaders.AUTHORIZATION), headers.getAll(API_KEY), query.names());
    }

    private static Credential gateway(MultiMap headers) {
      return Credential.of(List.of(), headers.getAll(GATEWAY), List.of());
    }

    private static String userAgent(MultiMap headers) {
      String agent = headers.get(HttpHeaders.USER_AGENT);
      return agent == null ? "" : agent;
    }

    private Answer refused(Refusal refusal, String source, Endpoint matched) {
      String text = request.query();
      if (refusal.status() == 400 && text != null) {
        exposures.seenInQuery(text, source, requestId());
      }
      return failures.answer(refusal, source).orElseGet(() -> matched.refused(refusal));
    }

    /**
     * A page takes a cookie; and an operation that takes a body and no key takes what stands for
     * one, a setup code.
     */
    private static boolean bringsSecret(Credential credential, Route route) {
      return !(credential instanceof Credential.Missing)
          || route.proof() == Route.Proof.SIGN_IN
          || (route.requirement() instanceof Requirement.Anonymous
              && !route.mediaTypes().isEmpty());
    }

    private Query query() {
      String text = request.query();
      return text == null || text.isEmpty() ? new Query(Map.of()) : Query.decode(text);
    }

    private void body(Routes.Match match, Query query, Guard.Passed passed, String source) {
      Route route = match.endpoint().route();
      String method = request.method().name();
      boolean readsBody =
          !method.equals("GET") && !method.equals("HEAD") && route.proof() != Route.Proof.GATEWAY;
      String mediaType = readsBody ? mediaType() : "";
      Call.Head head =
          new Call.Head(this::requestId, method, request.uri(), request.headers()::getAll, source);
      VerifiedKey key = passed.key();
      Caller asking = key == null ? null : new Caller.Key(key);
      Call.Maker call = bytes -> new Call(head, match.path(), query, bytes, mediaType, asking);
      if (!readsBody) {
        run(match.endpoint(), call.of(NO_BODY));
        if (!answered) {
          drain();
        }
        return;
      }
      String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
      if (declared != null
          && (declared.length() > 9 || Long.parseLong(declared) > route.bodyBytesMax())) {
        tooLarge(route);
        return;
      }
      if (route.isAskedBeforeBody()) {
        ask(match.endpoint(), call.of(NO_BODY), () -> collect(match.endpoint(), mediaType, call));
      } else {
        collect(match.endpoint(), mediaType, call);
      }
    }

    /** Has the body read if the endpoint says so; until it does, nothing more is taken. */
    private void ask(Endpoint asked, Call call, Runnable collect) {
      request.pause();
      Context context = vertx.getOrCreateContext();
      blocking.execute(() -> {
        Optional<Answer> instead = beforeBody(asked, call);
        context.runOnContext(ignored -> {
          instead.ifPresentOrElse(this::hangUp, collect);
          request.resume();
        });
      });
    }

    private Optional<Answer> beforeBody(Endpoint asked, Call call) {
      try {
        return asked.beforeBody(call);
      } catch (RuntimeException | Error e) {
        return Optional.of(failure(e));
      }
    }

    private void collect(Endpoint asked, String mediaType, Call.Maker call) {
      Route route = asked.route();
      Buffer collected = Buffer.buffer();
      request.handler(chunk -> {
        if (collected.length() + chunk.length() > route.bodyBytesMax()) {
          tooLarge(route);
        } else if (!answered) {
          collected.appendBuffer(chunk);
        }
      });
      request.endHandler(end -> {
        if (answered) {
          return;
        }
        byte[] bytes = collected.getBytes();
        String coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
          finish(
              Answer.problem(
                  ProblemCode.MEDIA_TYPE_UNSUPPORTED,
                  "The body is encoded as \""
                      + Spelling.printable(coding)
                      + "\"; send it as it is."));
          return;
        }
        if (bytes.length > 0 && !route.mediaTypes().contains(mediaType)) {
          finish(
              Answer.problem(
                  ProblemCode.MEDIA_TYPE_UNSUPPORTED,
                  "The body is of type \""
                      + Spelling.printable(mediaType)
                      + "\"; this operation takes "
                      + String.join(", ", new java.util.TreeSet<>(route.mediaTypes()))
                      + "."));
          return;
        }
        run(asked, call.of(bytes));
      });
    }

    private String mediaType() {
      String header = request.getHeader(HttpHeaders.CONTENT_TYPE);
      if (header == null) {
        return "";
      }
      int semicolon = header.indexOf(';');
      return (semicolon < 0 ? header : header.substring(0, semicolon))
          .strip()
          .toLowerCase(Locale.ROOT);
    }

    private void tooLarge(Route route) {
      hangUp(
          Answer.problem(
              ProblemCode.BODY_TOO_LARGE,
              "The body is larger than "
                  + route.bodyBytesMax()
                  + " bytes, the most that this operation takes."));
    }

    /**
     * Answers without the body, of which not all may come, so that nothing after it is taken for a
     * request; and closes once the sender is done, or has sent too much.
     */
    private void hangUp(Answer answer) {
      if (answered || request.response().closed()) {
        return;
      }
      HttpConnection connection = request.connection();
      connection.closeHandler(closed -> lost.remove(connection));
      lost.add(connection);
      finish(answer.with("Connection", "close"));
      request.endHandler(end -> connection.close());
    }

    private void run(Endpoint endpoint, Call call) {
      if (endpoint.route().plane() == Route.Plane.DATA) {
        finish(answer(endpoint, call));
        return;
      }
      Context context = vertx.getOrCreateContext();
      blocking.execute(() -> {
        Answer answer = answer(endpoint, call);
        context.runOnContext(ignored -> finish(answer));
      });
    }

    private Answer answer(Endpoint endpoint, Call call) {
      try {
        return endpoint.handle(call);
      } catch (RuntimeException | Error e) {
        return failure(e);
      }
    }

    void fail(RuntimeException e) {
      finish(failure(e));
    }

    private Answer failure(Throwable failure) {
      return switch (failure) {
        case Malformed malformed -> Answer.problem(malformed.problem());
        case VerificationUnavailableException e -> {
          LOG.warn("request {}: {}", requestId(), e.getMessage());
          yield new Answer.Refused(Guard.unavailable());
        }
        case StoreException.CommitUnknown e -> {
          LOG.error("request {}: the outcome of a commit is unknown", requestId(), e);
          yield Answer.problem(
              ProblemCode.OUTCOME_UNKNOWN,
              "Storage failed while the change was being committed; look whether it was made before you repeat it.");
        }
        case StoreException e -> {
          LOG.error("request {}: storage failed", requestId(), e);
          yield Answer.problem(
              ProblemCode.STORAGE_UNAVAILABLE,
              "Storage does not answer; nothing was changed. Try again.");
        }
        default -> {
          LOG.error("request {}: {} failed", requestId(), operationId(), failure);
          yield Answer.problem(
              ProblemCode.INTERNAL_ERROR,
              "Something failed that is not your mistake; the log has it under this request_id.");
        }
      };
    }

    void finish(Answer made) {
      if (answered) {
        return;
      }
      answered = true;
      // What a gateway is told is of one request and has no tag.
      Answer answer = isOfGateway() ? made : unlessKnown(made);
      HttpServerResponse response = request.response();
      if (!response.closed() && !response.ended()) {
        MultiMap headers = response.headers();
        Answer.Body plain =
            answer instanceof Answer.Body body ? body : form.of(answer, requestId());
        Answer.Body said = endpoint == null ? plain : endpoint.inDialect(plain);
        if (said.status() != 200 || !isOfGateway()) {
          // A request that a gateway may let through leaves nothing that a name would lead to.
          headers.set(REQUEST_ID, requestId());
        }
        if (said.mediaType().isEmpty()) {
          // There is nothing that a browser could make anything of.
          headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
        } else {
          putSafeHeaders(headers);
        }
        for (Header header : Succession.headers(proved, baseUrl)) {
          headers.set(header.name(), header.value());
        }
        if (tls) {
          headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        write(said, headers, response);
        if (!request.isEnded() && hasBody()) {
          drain();
        }
      }
      traffic.answered(operationId(), answer.status(), System.nanoTime() - began);
    }

    private boolean isOfGateway() {
      return endpoint != null && endpoint.route().proof() == Route.Proof.GATEWAY;
    }

    private String operationId() {
      return endpoint == null ? NONE : endpoint.route().operationId();
    }

    /** Leaves out the body that the caller has already: RFC 9110, section 13.1.2. */
    private Answer unlessKnown(Answer answer) {
      String known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
      return known != null
              && answer instanceof Answer.Body body
              && answer.header("ETag").filter(tag -> isAmong(tag, known)).isPresent()
          ? Answer.bare(304, body.headers())
          : answer;
    }

    private static boolean isAmong(String tag, String known) {
      for (String each : known.split(",", -1)) {
        String plain = each.strip();
        if (plain.equals("*") || plain.equals(tag) || plain.equals("W/" + tag)) {
          return true;
        }
      }
      return false;
    }

    private boolean hasBody() {
      MultiMap headers = request.headers();
      return headers.contains(HttpHeaders.CONTENT_LENGTH)
          || headers.contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /**
     * Nobody reads the body, or what is left of it: a little may come, so that the sender gets to
     * read the answer, but not without end.
     */
    private void drain() {
      request.handler(chunk -> {
        drained += chunk.length();
        if (drained > DRAINED_BYTES_MAX) {
          request.connection().close();
        }
      });
    }

    private void write(Answer.Body answer, MultiMap headers, HttpServerResponse response) {
      response.setStatusCode(answer.status());
      switch (answer.mediaType()) {
        case "" -> {}
        case AnswerForm.JSON -> headers.set(HttpHeaders.CONTENT_TYPE, JSON);
        case AnswerForm.PROBLEM -> headers.set(HttpHeaders.CONTENT_TYPE, PROBLEM);
        default -> headers.set(HttpHeaders.CONTENT_TYPE, answer.mediaType() + "; charset=utf-8");
      }
      for (Header header : answer.headers()) {
        if (header.isNamed(SET_COOKIE)) {
          headers.add(header.name(), ascii(header.value()));
        } else {
          headers.set(header.name(), ascii(header.value()));
        }
      }
      end(response, answer.bytes().array());
    }

    /** Returns a value as bytes, which are checked and written many at a time. */
    private static CharSequence ascii(String value) {
      return new AsciiString(value.getBytes(StandardCharsets.ISO_8859_1), false);
    }

    /** HEAD is GET without the body; over HTTP/2 the server beneath would send it. */
    private void end(HttpServerResponse response, byte[] body) {
      if (request.method().name().equals("HEAD")) {
        response.headers().set(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length));
        response.end();
      } else if (body.length == 0) {
        response.end();
      } else {
        response.end(Buffer.buffer(body));
      }
    }
  }

  /** Stops listening, after requests under way were answered. */
  @Override
  public void close() {
    blocking.shutdown();
    try {
      List<String> deployments = List.copyOf(vertx.deploymentIDs());
      for (String deployment : deployments) {
        vertx
            .undeploy(deployment)
            .toCompletionStage()
            .toCompletableFuture()
            .get(CLOSE_SECONDS, TimeUnit.SECONDS);
      }
      if (!blocking.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        blocking.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      LOG.warn("stopped listening with a failure", e);
    }
  }
}
