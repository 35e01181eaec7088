package io.bitting.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Sends bytes that no client would send, and reads whatever comes until the server closes. */
public final class RawHttp {
  private static final int PATIENCE_MILLIS = 10_000;

  private RawHttp() {}

  /**
   * What came back.
   *
   * @param text everything, Latin-1
   * @param closed whether the server closed the connection
   */
  public record Answer(String text, boolean closed) {
    /** Returns the first line. */
    public String statusLine() {
      return text.lines().findFirst().orElse("");
    }

    /** Returns how many answers there are. */
    public int count() {
      return text.split("HTTP/1\\.[01] [0-9]{3} ", -1).length - 1;
    }
  }

  /** Sends Latin-1 text to a port of this machine. */
  public static Answer send(int port, String request) {
    return send("127.0.0.1", port, request.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends bytes; ends the sending side only with the answer. */
  public static Answer send(String host, int port, byte[] request) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    boolean closed = false;
    try (Socket socket = new Socket(InetAddress.getByName(host), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      Thread writer = Thread.ofVirtual().start(() -> write(socket, request));
      closed = read(socket.getInputStream(), answer);
      writer.join();
    } catch (IOException e) {
      closed = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Answer(answer.toString(StandardCharsets.ISO_8859_1), closed);
  }

  private static void write(Socket socket, byte[] request) {
    try {
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      // The server hung up: what it said before is what counts.
    }
  }

  private static boolean read(InputStream in, ByteArrayOutputStream into) {
    try {
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        into.write(buffer, 0, n);
      }
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** A connection that is kept, for thousands of requests one after the other. */
  public static final class Connection implements AutoCloseable {
    private final Socket socket;
    private final byte[] buffer = new byte[16 * 1024];

    /** Connects to a port of this machine. */
    public Connection(int port) {
      try {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(3 * PATIENCE_MILLIS);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Sends a POST without a body, waits for the whole answer, and returns its status. */
    public int post(String path, String token) {
      String request =
          "POST "
              + path
              + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nAuthorization: Bearer "
              + token
              + "\r\n\r\n";
      try {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        int length = 0;
        while (true) {
          int n = socket.getInputStream().read(buffer, length, buffer.length - length);
          if (n < 0) {
            throw new IOException("the server hung up");
          }
          length += n;
          String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
          int body = text.indexOf("\r\n\r\n");
          if (body >= 0 && text.length() - body - 4 >= contentLength(text)) {
            return Integer.parseInt(text.substring(9, 12));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static int contentLength(String text) {
      String name = "content-length: ";
      int from = text.toLowerCase(Locale.ROOT).indexOf(name) + name.length();
      return Integer.parseInt(text.substring(from, text.indexOf('\r', from)));
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
