package io.bitting.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.rpc.Code;
import io.bitting.server.TestServer;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The wire of Envoy's {@code ext_authz} over gRPC, spoken by a client with Envoy's protos. */
final class EnvoyAuthorizationTest extends GatewayContract {
  private static final ManagedChannel CHANNEL =
      NettyChannelBuilder.forAddress(
              new InetSocketAddress(
                  InetAddress.getLoopbackAddress(), SERVER.server().grpcPort().orElseThrow()))
          .usePlaintext()
          .build();

  @AfterAll
  static void close() {
    CHANNEL.shutdownNow();
  }

  private static AuthorizationGrpc.AuthorizationBlockingStub stub(String gateway) {
    Metadata metadata = new Metadata();
    if (!gateway.isEmpty()) {
      metadata.put(Metadata.Key.of("x-bitting-gateway", Metadata.ASCII_STRING_MARSHALLER), gateway);
    }
    return AuthorizationGrpc.newBlockingStub(CHANNEL)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  private static CheckRequest.Builder request(Asked asked) {
    Map<String, String> headers = new LinkedHashMap<>();
    asked
        .headers()
        .forEach(header ->
            headers.merge(
                header.getKey().toLowerCase(Locale.ROOT),
                header.getValue(),
                (a, b) -> a + "," + b));
    return CheckRequest.newBuilder()
        .setAttributes(
            AttributeContext.newBuilder()
                .putContextExtensions("bitting-api", asked.api())
                .setSource(peer(headers.getOrDefault("x-forwarded-for", "")))
                .setRequest(
                    AttributeContext.Request.newBuilder()
                        .setHttp(
                            AttributeContext.HttpRequest.newBuilder()
                                .setMethod(asked.method())
                                .setPath(asked.target())
                                .putAllHeaders(headers))));
  }

  private static AttributeContext.Peer.Builder peer(String address) {
    return AttributeContext.Peer.newBuilder()
        .setAddress(
            Address.newBuilder().setSocketAddress(SocketAddress.newBuilder().setAddress(address)));
  }

  @Override
  Told ask(Asked asked) {
    return told(stub(asked.gateway()).check(request(asked).build()));
  }

  private static Told told(CheckResponse response) {
    if (response.getStatus().getCode() == Code.OK_VALUE) {
      assertThat(response.hasOkResponse()).isTrue();
      return new Told(
          200, "", "", TestServer.parse("{}"), headers(response.getOkResponse().getHeadersList()));
    }
    assertThat(response.hasDeniedResponse()).isTrue();
    Map<String, String> headers = headers(response.getDeniedResponse().getHeadersList());
    assertThat(headers.get("Content-Type")).isEqualTo("application/problem+json");
    return new Told(
        response.getDeniedResponse().getStatus().getCodeValue(),
        headers.getOrDefault("WWW-Authenticate", ""),
        headers.getOrDefault("Retry-After", ""),
        TestServer.parse(response.getDeniedResponse().getBody()),
        Map.of());
  }

  /** A client's own header of the name must not stay beside ours. */
  private static Map<String, String> headers(List<HeaderValueOption> options) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (HeaderValueOption option : options) {
      assertThat(option.getAppendAction())
          .isEqualTo(HeaderValueOption.HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD);
      assertThat(headers.put(option.getHeader().getKey(), option.getHeader().getValue())).isNull();
    }
    return headers;
  }

  @Override
  int ordinal() {
    return 3;
  }

  @Test
  void allowedRequest_losesItsCredential() {
    assertThat(
            stub(asked("GET", "/health").gateway())
                .check(request(asked("GET", "/health")).build())
                .getOkResponse()
                .getHeadersToRemoveList())
        .contains("authorization", "x-api-key", "X-Shop-Key", "x-bitting-gateway");
  }

  @Test
  void requestThatIsNotDescribed_isRefused() {
    AuthorizationGrpc.AuthorizationBlockingStub stub = stub(asked("GET", "/health").gateway());
    for (CheckRequest request :
        List.of(
            CheckRequest.getDefaultInstance(),
            request(asked("", "/health")).build(),
            request(asked("GET", "")).build(),
            request(asked("GET", "/health").about("")).build())) {
      assertThat(told(stub.check(request)).code()).isEqualTo("gateway_misconfigured");
    }
  }

  @Test
  void pathOf200Kilobytes_isRefused() {
    assertThat(ask(asked("GET", "/orders/" + "x".repeat(200_000))).status()).isEqualTo(403);
  }

  /** Envoy can send every header with its bytes, and equal names apart. */
  @Test
  void rawHeaders_areRead() {
    Asked asked = asked("GET", "/orders");
    assertThat(told(raw(asked, "Bearer x")).code()).isEqualTo("credential_invalid");
    assertThat(told(raw(asked, "Bearer x", "Bearer x")).code()).isEqualTo("credential_ambiguous");
    assertThat(told(raw(asked, "Bearer \u00ff")).code()).isEqualTo("credential_ambiguous");
  }

  private static CheckResponse raw(Asked asked, String... authorization) {
    HeaderMap.Builder headers = HeaderMap.newBuilder();
    for (String value : authorization) {
      headers.addHeaders(
          HeaderValue.newBuilder()
              .setKey("authorization")
              .setRawValue(ByteString.copyFrom(value, StandardCharsets.ISO_8859_1)));
    }
    CheckRequest.Builder request = request(asked);
    request.getAttributesBuilder().getRequestBuilder().getHttpBuilder().setHeaderMap(headers);
    return stub(asked.gateway()).check(request.build());
  }

  /**
   * Bytes that are no UTF-8 make the message unreadable: an error, which Envoy denies unless it was
   * told to fail open (GHSA-9g5w-hqr3-w2ph).
   */
  @Test
  void messageThatIsNotUtf8_isAnError() throws IOException {
    ByteArrayOutputStream http = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(http);
    out.writeByteArray(AttributeContext.HttpRequest.METHOD_FIELD_NUMBER, new byte[] {(byte) 0xff});
    out.flush();
    byte[] message =
        wrapped(
            CheckRequest.ATTRIBUTES_FIELD_NUMBER,
            wrapped(
                AttributeContext.REQUEST_FIELD_NUMBER,
                wrapped(AttributeContext.Request.HTTP_FIELD_NUMBER, http.toByteArray())));
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(AuthorizationGrpc.getCheckMethod().getFullMethodName())
            .setRequestMarshaller(new Bytes())
            .setResponseMarshaller(new Bytes())
            .build();
    assertThatThrownBy(
            () -> ClientCalls.blockingUnaryCall(CHANNEL, method, CallOptions.DEFAULT, message))
        .isInstanceOf(StatusRuntimeException.class);
  }

  private static byte[] wrapped(int field, byte[] inner) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeByteArray(field, inner);
    out.flush();
    return bytes.toByteArray();
  }

  /** Lets bytes through as they are. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
