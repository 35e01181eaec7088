package io.bitting.server.gateway;

import io.bitting.access.Guard;
import io.bitting.server.http.AnswerForm;
import io.bitting.server.http.EdgeSettings;
import io.bitting.server.http.Traffic;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Listens for Envoy over gRPC.
 *
 * <p>Thread-safe.
 */
public final class EnvoyListener implements AutoCloseable {
  private static final int CLOSE_SECONDS = 5;

  /** A path may have 200 kB and more; what a gateway sends beyond this is none. */
  private static final int MESSAGE_BYTES_MAX = 1024 * 1024;

  private static final int METADATA_BYTES_MAX = 16 * 1024;

  /** Writes a stack trace for each message that cannot be read, which any client can cause. */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  static {
    GRPC.setLevel(Level.OFF);
  }

  private final Server server;

  /**
   * Begins to listen.
   *
   * @param host the address
   * @param port the port; 0 for any free one
   * @param tls certificate and key; empty for plain HTTP/2
   * @param guard says whether a caller of Bitting may go on
   * @param check decides about clients' requests
   * @param form writes problems
   * @param traffic told of each answer
   * @throws IllegalStateException if it cannot; the message says why
   */
  public EnvoyListener(
      String host,
      int port,
      Optional<EdgeSettings.Tls> tls,
      Guard guard,
      GatewayCheck check,
      AnswerForm form,
      Traffic traffic) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(host, port))
            .directExecutor()
            .maxInboundMessageSize(MESSAGE_BYTES_MAX)
            .maxInboundMetadataSize(METADATA_BYTES_MAX)
            .intercept(EnvoyPeer.interceptor())
            .addService(new EnvoyAuthorization(guard, check, form, traffic));
    try {
      tls.ifPresent(files ->
          builder.useTransportSecurity(files.certificate().toFile(), files.key().toFile()));
      server = builder.build().start();
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          "cannot listen for Envoy on "
              + host
              + ":"
              + port
              + ": "
              + (e.getCause() == null ? e.getMessage() : e.getCause().getMessage())
              + "; choose another address with --grpc-listen, or stop what listens there",
          e);
    }
  }

  /** Returns the port. */
  public int port() {
    return server.getPort();
  }

  /** Stops listening, after calls under way were answered. */
  @Override
  public void close() {
    server.shutdown();
    try {
      if (!server.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
