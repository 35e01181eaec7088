package io.bitting.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Listens on this machine and talks on each connection in a thread of its own, until it is closed,
 * and every connection with it.
 */
public final class LoopbackListener implements AutoCloseable {
  private static final int BACKLOG = 512;

  private final ServerSocket listener;
  private final Talk talk;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** What is said on a connection. */
  @FunctionalInterface
  public interface Talk {
    /** Talks until there is no more to say; the connection is closed then. */
    void on(Socket socket) throws IOException;
  }

  private LoopbackListener(ServerSocket listener, Talk talk) {
    this.listener = listener;
    this.talk = talk;
  }

  /** Starts to listen on a port that is free. */
  public static LoopbackListener start(Talk talk) {
    try {
      LoopbackListener started =
          new LoopbackListener(
              new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), talk);
      Thread.ofVirtual().start(started::accept);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> talk(socket));
      } catch (IOException e) {
        // It was closed.
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      talk.on(socket);
    } catch (IOException e) {
      // Who called is gone.
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
