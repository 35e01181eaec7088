package io.bitting.server.gateway;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.bitting.access.Credential;
import io.bitting.access.Guard;
import io.bitting.server.http.Answer;
import io.bitting.server.http.AnswerForm;
import io.bitting.server.http.Call;
import io.bitting.server.http.Header;
import io.bitting.server.http.ProblemCode;
import io.bitting.server.http.RequestId;
import io.bitting.server.http.Traffic;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.envoyproxy.envoy.service.auth.v3.DeniedHttpResponse;
import io.envoyproxy.envoy.service.auth.v3.OkHttpResponse;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import io.envoyproxy.envoy.type.v3.StatusCode;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Envoy's {@code ext_authz} over gRPC ({@code envoy.service.auth.v3.Authorization}): the route's
 * {@code context_extensions} name the API as {@code bitting-api}, and the gateway proves itself by
 * the metadata {@code x-bitting-gateway}.
 *
 * <p>An allowed request gets the identity in place of whatever the client sent under its names, and
 * loses its credential.
 *
 * <p>Thread-safe; never blocks.
 */
final class EnvoyAuthorization extends AuthorizationGrpc.AuthorizationImplBase {
  /** The context extension that names the API. */
  static final String API = "bitting-api";

  private static final Logger LOG = LoggerFactory.getLogger(EnvoyAuthorization.class);
  private static final String OPERATION_ID = "authorizeForEnvoyOverGrpc";
  private static final List<String> REMOVED =
      Stream.concat(
              Stream.of("Authorization", "X-API-Key", "X-Bitting-Gateway"),
              GatewayCheck.METHOD_OVERRIDES.stream().map(CharSequence::toString))
          .map(name -> name.toLowerCase(Locale.ROOT))
          .toList();

  private final Guard guard;
  private final GatewayCheck check;
  private final AnswerForm form;
  private final Traffic traffic;

  EnvoyAuthorization(Guard guard, GatewayCheck check, AnswerForm form, Traffic traffic) {
    this.guard = guard;
    this.check = check;
    this.form = form;
    this.traffic = traffic;
  }

  @Override
  public void check(CheckRequest request, StreamObserver<CheckResponse> observer) {
    long began = System.nanoTime();
    String id = RequestId.draw();
    Answer.Body answer = form.of(answer(request, id), id);
    observer.onNext(answer.status() == 200 ? allowed(request, answer) : denied(answer, id));
    observer.onCompleted();
    traffic.answered(OPERATION_ID, answer.status(), System.nanoTime() - began);
  }

  private Answer answer(CheckRequest request, String id) {
    try {
      EnvoyPeer peer = EnvoyPeer.current();
      if (!peer.isPrivate()) {
        return GatewayCheck.misconfigured(GatewayCheck.PLAIN);
      }
      Credential credential = Credential.of(List.of(), peer.tokens(), List.of());
      return switch (guard.check(credential, GatewayCheck.REQUIREMENT, "Check")) {
        case Guard.Refused refused -> GatewayCheck.refused(refused.refusal());
        case Guard.Passed passed -> {
          AttributeContext.HttpRequest http = request.getAttributes().getRequest().getHttp();
          yield http.getMethod().isBlank() || http.getPath().isBlank()
              ? GatewayCheck.misconfigured(
                  "Envoy does not describe the request: it has no method or no path.")
              : check.check(
                  Objects.requireNonNull(passed.key()), api(request), client(request, http, id));
        }
      };
    } catch (RuntimeException e) {
      LOG.error("request {}: {} failed", id, OPERATION_ID, e);
      return Answer.problem(
          ProblemCode.INTERNAL_ERROR,
          "Something failed that is not your mistake; the log has it under this request_id.");
    }
  }

  private static String api(CheckRequest request) {
    return request.getAttributes().getContextExtensionsOrDefault(API, "");
  }

  private static ClientRequest client(
      CheckRequest request, AttributeContext.HttpRequest http, String id) {
    String address =
        request.getAttributes().getSource().getAddress().getSocketAddress().getAddress();
    return new ClientRequest(
        () -> id,
        http.getMethod(),
        http.getPath(),
        headers(http),
        () -> ClientAddress.checked(address));
  }

  /**
   * Envoy sends one value a name, in which equal names are joined by commas, or every header with
   * its bytes. No credential has a comma, so that two joined ones are found out.
   */
  private static Call.Headers headers(AttributeContext.HttpRequest http) {
    return name -> {
      String wanted = name.toString().toLowerCase(Locale.ROOT);
      List<String> values = new ArrayList<>();
      String joined = http.getHeadersMap().get(wanted);
      if (joined != null) {
        values.addAll(List.of(joined.split(",", -1)));
      }
      for (HeaderValue header : http.getHeaderMap().getHeadersList()) {
        if (header.getKey().equalsIgnoreCase(wanted)) {
          values.add(
              header.getRawValue().isEmpty()
                  ? header.getValue()
                  : header.getRawValue().toString(StandardCharsets.ISO_8859_1));
        }
      }
      return values;
    };
  }

  private CheckResponse allowed(CheckRequest request, Answer.Body answer) {
    OkHttpResponse.Builder ok = OkHttpResponse.newBuilder().addAllHeadersToRemove(REMOVED);
    check.keyHeader(api(request)).ifPresent(ok::addHeadersToRemove);
    answer.headers().forEach(header -> ok.addHeaders(option(header)));
    return CheckResponse.newBuilder()
        .setStatus(Status.newBuilder().setCode(Code.OK_VALUE))
        .setOkResponse(ok)
        .build();
  }

  private static CheckResponse denied(Answer.Body answer, String id) {
    DeniedHttpResponse.Builder denied =
        DeniedHttpResponse.newBuilder()
            .setStatus(HttpStatus.newBuilder().setCode(StatusCode.forNumber(answer.status())))
            .setBody(new String(answer.bytes().array(), StandardCharsets.UTF_8))
            .addHeaders(option("Content-Type", answer.mediaType()))
            .addHeaders(option("Cache-Control", "no-store"))
            .addHeaders(option("X-Request-Id", id));
    for (Header header : answer.headers()) {
      denied.addHeaders(option(header));
    }
    return CheckResponse.newBuilder()
        .setStatus(Status.newBuilder().setCode(code(answer.status())))
        .setDeniedResponse(denied)
        .build();
  }

  private static int code(int status) {
    return switch (status) {
      case 401 -> Code.UNAUTHENTICATED_VALUE;
      case 429 -> Code.RESOURCE_EXHAUSTED_VALUE;
      case 503 -> Code.UNAVAILABLE_VALUE;
      default -> Code.PERMISSION_DENIED_VALUE;
    };
  }

  private static HeaderValueOption option(Header header) {
    return option(header.name().toString(), header.value());
  }

  private static HeaderValueOption option(String name, String value) {
    return HeaderValueOption.newBuilder()
        .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))
        .setAppendAction(HeaderValueOption.HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)
        .build();
  }
}
