package io.bitting.gateways;

import io.bitting.server.LoopbackListener;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * A server that normalizes nothing: it keeps every request, byte for byte, and says what it is
 * told.
 */
final class RawServer implements AutoCloseable {
  private static final String END_OF_HEAD = "\r\n\r\n";

  private final LoopbackListener listener;
  private final Function<Request, Say> answers;
  private final ConcurrentLinkedQueue<Request> received = new ConcurrentLinkedQueue<>();

  /**
   * A request.
   *
   * @param head its request line and headers, each byte a character
   * @param body what follows, with the marks of its chunks
   */
  record Request(List<String> head, String body) {
    String method() {
      return head.get(0).split(" ", -1)[0];
    }

    /** Returns what stands between the method and the version. */
    String target() {
      String line = head.get(0);
      return line.substring(
          line.indexOf(' ') + 1, Math.max(line.lastIndexOf(' '), line.indexOf(' ') + 1));
    }

    List<String> header(String name) {
      return HttpText.values(head, name);
    }

    /** Returns the one value of a header; nothing if there is none, or more than one. */
    String only(String name) {
      List<String> values = header(name);
      return values.size() == 1 ? values.get(0) : "";
    }
  }

  /** What becomes of a connection after something was said. */
  enum Then {
    KEEP,
    CLOSE,
    RESET,
    WAIT
  }

  /** What is said to a request, each character a byte. */
  record Say(String bytes, Then then) {}

  private RawServer(Function<Request, Say> answers) {
    this.answers = answers;
    this.listener = LoopbackListener.start(this::serve);
  }

  static RawServer start(Function<Request, Say> answers) {
    return new RawServer(answers);
  }

  /** An API that answers everything with 200. */
  static RawServer upstream() {
    return start(request -> new Say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", Then.KEEP));
  }

  int port() {
    return listener.port();
  }

  /** Returns what was received since this was last asked. */
  List<Request> take() {
    List<Request> taken = new ArrayList<>();
    for (Request next = received.poll(); next != null; next = received.poll()) {
      taken.add(next);
    }
    return taken;
  }

  private void serve(Socket socket) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    while (answer(socket, in)) {
      // The next request.
    }
  }

  private boolean answer(Socket socket, InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf(END_OF_HEAD, head.length() - END_OF_HEAD.length()) < 0) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      head.append((char) next);
    }
    String text = head.substring(0, head.length() - END_OF_HEAD.length());
    List<String> lines = List.of(text.split("\r\n", -1));
    Request request = new Request(lines, body(lines, in));
    received.add(request);
    Say say = answers.apply(request);
    socket.getOutputStream().write(say.bytes().getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return switch (say.then()) {
      case KEEP -> true;
      case CLOSE -> false;
      case RESET -> {
        socket.setSoLinger(true, 0);
        yield false;
      }
      case WAIT -> in.read() >= 0;
    };
  }

  private static String body(List<String> head, InputStream in) throws IOException {
    List<String> length = HttpText.values(head, "Content-Length");
    if (!length.isEmpty()) {
      return new String(
          in.readNBytes(Integer.parseInt(length.get(0))), StandardCharsets.ISO_8859_1);
    }
    if (HttpText.values(head, "Transfer-Encoding").isEmpty()) {
      return "";
    }
    StringBuilder chunks = new StringBuilder();
    while (!chunks.toString().endsWith("0\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return chunks.toString();
      }
      chunks.append((char) next);
    }
    return chunks.toString();
  }

  @Override
  public void close() {
    listener.close();
  }
}
