package io.bitting.server.gateway;

import io.bitting.server.http.IpAddress;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Who asks over gRPC.
 *
 * @param tokens what it proves itself by: every value of the metadata; untrusted
 * @param isPrivate whether nobody between can read them
 */
record EnvoyPeer(List<String> tokens, boolean isPrivate) {
  private static final Context.Key<EnvoyPeer> CURRENT = Context.key("peer");
  private static final Metadata.Key<String> TOKEN =
      Metadata.Key.of("x-bitting-gateway", Metadata.ASCII_STRING_MARSHALLER);

  @Override
  public String toString() {
    return isPrivate ? "private peer" : "peer";
  }

  /** Returns who asks in this call. */
  static EnvoyPeer current() {
    return Objects.requireNonNull(CURRENT.get(), "no call is under way");
  }

  /** Makes the peer known to each call. */
  static ServerInterceptor interceptor() {
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
        List<String> tokens = new ArrayList<>();
        Iterable<String> values = metadata.getAll(TOKEN);
        if (values != null) {
          values.forEach(tokens::add);
        }
        boolean tls = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION) != null;
        boolean loopback =
            call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)
                    instanceof InetSocketAddress at
                && at.getAddress() != null
                && IpAddress.isLoopback(at.getAddress().getHostAddress());
        return Contexts.interceptCall(
            Context.current().withValue(CURRENT, new EnvoyPeer(tokens, tls || loopback)),
            call,
            metadata,
            next);
      }
    };
  }
}
