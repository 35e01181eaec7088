package io.bitting.server.mail;

import io.bitting.server.LoopbackListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that answers as it is told to, and knows what was said to it. */
final class ScriptedMailServer implements AutoCloseable {
  /** What a letter is answered with, after its last line. */
  static final String END = ".";

  /** What a connection is answered with. */
  static final String HELLO = "";

  private static final String SILENCE = "";

  private final LoopbackListener listener;
  private final Map<String, String> script;
  private final Optional<SSLContext> tls;
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();

  private ScriptedMailServer(Map<String, String> script, Optional<SSLContext> tls) {
    this.script = script;
    this.tls = tls;
    this.listener = LoopbackListener.start(this::talk);
  }

  /**
   * Starts one.
   *
   * @param script what it answers, by the first word of what is said, where that is not the usual;
   *     an empty answer is none
   */
  static ScriptedMailServer start(Map<String, String> script) {
    return new ScriptedMailServer(script, Optional.empty());
  }

  /** Starts one that offers STARTTLS. */
  static ScriptedMailServer startWithTls(SSLContext tls) {
    return new ScriptedMailServer(Map.of(), Optional.of(tls));
  }

  /** Starts one that never says a word. */
  static ScriptedMailServer startSilent() {
    return start(Map.of(HELLO, SILENCE));
  }

  int port() {
    return listener.port();
  }

  /** Returns each line that was said to it; those said over TLS begin with a bar. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  private void talk(Socket socket) throws IOException {
    say(socket, answer(HELLO));
    String next = hear(socket, "");
    if ("STARTTLS".equals(next)) {
      SSLSocket secure =
          (SSLSocket)
              tls.orElseThrow()
                  .getSocketFactory()
                  .createSocket(socket, null, socket.getPort(), true);
      secure.setUseClientMode(false);
      hear(secure, "|");
    }
  }

  /** Answers until there is no more, or something else is to be spoken. */
  private String hear(Socket socket, String mark) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    boolean text = false;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      heard.add(mark + line);
      if (text && !line.equals(END)) {
        continue;
      }
      String answer = answer(line.split(" ", 2)[0]);
      text = answer.startsWith("354");
      say(socket, answer);
      if (line.equals("STARTTLS") && tls.isPresent()) {
        return line;
      }
    }
    return "";
  }

  private String answer(String word) {
    String usual =
        switch (word) {
          case HELLO -> "220 here";
          case "EHLO" ->
              tls.isPresent()
                  ? "250-here\r\n250-STARTTLS\r\n250 AUTH PLAIN"
                  : "250-here\r\n250 AUTH PLAIN";
          case "STARTTLS" -> tls.isPresent() ? "220 go on" : "502 no";
          case "AUTH" -> "235 known";
          case "DATA" -> "354 go on";
          case "QUIT" -> "221 bye";
          default -> "250 well";
        };
    return script.getOrDefault(word, usual);
  }

  private static void say(Socket socket, String text) throws IOException {
    if (!text.equals(SILENCE)) {
      OutputStream out = socket.getOutputStream();
      out.write((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
  }

  @Override
  public void close() {
    stop();
  }

  /** Goes down before its time. */
  void stop() {
    listener.close();
  }
}
