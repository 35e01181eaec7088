package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * K2, K3: after ten thousand checks, and once the connections are closed, no token, no part of one
 * and no setup code is in the heap of the server. Not looked at is memory outside the heap, where
 * the server beneath has its buffers: a request stays there until its place is used again.
 */
final class HeapTest {
  private static final int KEYS = 40;
  private static final int CHECKS = 10_000;
  private static final int CHECKS_AT_ONCE = 200;
  private static final int CHUNK = 8;

  @TempDir private Path folder;

  @Test
  void heap_afterTenThousandChecks_hasNoToken() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                HeapVictim.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        PrintStream in =
            new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII)) {
      String base = "http://127.0.0.1:" + out.readLine().substring("ready ".length());
      List<String> secrets = work(base);
      Path clean = folder.resolve("clean.hprof");
      in.println("dump " + clean);
      assertThat(out.readLine()).isEqualTo("done");
      assertThat(found(clean, secrets)).isEmpty();

      // The control: one token in a static field, of whichever width its characters are.
      String kept = secrets.get(KEYS / 2);
      Files.writeString(folder.resolve("kept"), "x" + kept);
      in.println("keep " + folder.resolve("kept"));
      assertThat(out.readLine()).isEqualTo("done");
      Path dirty = folder.resolve("dirty.hprof");
      in.println("dump " + dirty);
      assertThat(out.readLine()).isEqualTo("done");
      assertThat(found(dirty, secrets)).hasSize(1).first().asString().contains("Latin-1");
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  /** The control of the search: both widths of characters are found, and the rest is not. */
  @Test
  void found_plantedSecrets_areBothFound() throws IOException {
    String secret = "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE";
    Path file = folder.resolve("planted");
    for (var charset :
        List.of(
            StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
      Files.write(file, ("odd" + secret.substring(8, 24) + "?").getBytes(charset));
      assertThat(found(file, List.of(secret))).as(charset.name()).isNotEmpty();
      Files.write(file, ("odd" + secret.substring(8, 15) + "?").getBytes(charset));
      assertThat(found(file, List.of(secret))).as(charset.name()).isEmpty();
    }
  }

  /** Sets up, makes keys, has them checked, and hangs up. Returns what must not be found. */
  private List<String> work(String base) throws Exception {
    List<String> secrets = new ArrayList<>();
    String code = Files.readString(folder.resolve("setup-code"));
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    String owner =
        send(client, base + "/v1/setup", "", TestServer.json("code", code), 201)
            .path("token")
            .asText();
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      tokens.add(
          send(
                  client,
                  base + "/v1/organizations/operator/api-keys",
                  owner,
                  TestServer.json(
                      "api", "bitting", "name", "key " + i, "scopes", List.of("org:read")),
                  201)
              .path("token")
              .asText());
    }
    // What was refused, and broken, leaves no more behind than what was allowed.
    String refused = TestServer.unknownToken("bit");
    send(client, base + "/v1/whoami", refused, "", 401);
    send(client, base + "/v1/verify", owner, "{\"token\":\"" + refused + "\",\"token\":1}", 400);
    send(client, base + "/v1/verify", owner, "{\"token\":[\"" + refused + "\"]}", 422);
    client.close();
    int port = URI.create(base).getPort();
    for (int i = 0; i < CHECKS / CHECKS_AT_ONCE; i++) {
      RawHttp.Answer answer = RawHttp.send(port, checks(tokens, owner));
      assertThat(answer.text().split(" 200 OK", -1)).hasSize(CHECKS_AT_ONCE + 1);
    }
    tokens.add(owner);
    tokens.add(refused);
    tokens.forEach(token -> secrets.add(token.substring(token.length() - 38)));
    secrets.add(code);
    return secrets;
  }

  /** One in ten as the caller's own key, the others in a body; then the connection is closed. */
  private static String checks(List<String> tokens, String owner) {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < CHECKS_AT_ONCE; i++) {
      String token = tokens.get(i % KEYS);
      String more = i == CHECKS_AT_ONCE - 1 ? "\r\nConnection: close" : "";
      if (i % 10 == 0) {
        requests.append(
            "GET /v1/whoami HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + token
                + more
                + "\r\n\r\n");
      } else {
        String body = TestServer.json("token", token, "api", "bitting", "any_valid_key", true);
        requests.append(
            "POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\nAuthorization: Bearer "
                + owner
                + more
                + "\r\n\r\n"
                + body);
      }
    }
    return requests.toString();
  }

  private static com.fasterxml.jackson.databind.JsonNode send(
      HttpClient client, String uri, String token, String body, int status) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body.isEmpty()) {
      request.GET();
    } else {
      request
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(body));
    }
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
      return TestServer.parse(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Looks for every eight characters in a row of every secret, Latin-1 and UTF-16: in one pass, by
   * their first eight bytes.
   */
  private static List<String> found(Path file, List<String> secrets) throws IOException {
    Map<Long, String> first = new HashMap<>();
    for (String secret : secrets) {
      for (int i = 0; i + CHUNK <= secret.length(); i++) {
        String chunk = secret.substring(i, i + CHUNK);
        first.put(head(chunk.getBytes(StandardCharsets.ISO_8859_1)), chunk);
        first.put(head(chunk.getBytes(StandardCharsets.UTF_16BE)), chunk);
        first.put(head(chunk.getBytes(StandardCharsets.UTF_16LE)), chunk);
      }
    }
    TreeSet<String> found = new TreeSet<>();
    byte[] bytes = Files.readAllBytes(file);
    LongFilter filter = new LongFilter(first.keySet());
    for (int at = 0; at + CHUNK <= bytes.length; at++) {
      long head = (long) LONG.get(bytes, at);
      if (filter.mayHave(head)) {
        String chunk = first.get(head);
        if (chunk != null) {
          describe(bytes, at, chunk, secrets, found);
        }
      }
    }
    return List.copyOf(found);
  }

  private static void describe(
      byte[] bytes, int at, String chunk, List<String> secrets, Set<String> found) {
    for (var charset :
        List.of(
            StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
      byte[] whole = chunk.getBytes(charset);
      if (at + whole.length <= bytes.length
          && java.util.Arrays.equals(bytes, at, at + whole.length, whole, 0, whole.length)) {
        int which = 0;
        while (!secrets.get(which).contains(chunk)) {
          which++;
        }
        found.add(
            "secret "
                + which
                + " as "
                + (charset.equals(StandardCharsets.ISO_8859_1) ? "Latin-1" : "UTF-16"));
        return;
      }
    }
  }

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static long head(byte[] bytes) {
    return (long) LONG.get(bytes, 0);
  }

  /** Tells quickly of most numbers that they are not in a set. */
  private static final class LongFilter {
    private final long[] bits = new long[1 << 14];

    LongFilter(Iterable<Long> numbers) {
      numbers.forEach(number -> bits[word(number)] |= 1L << bit(number));
    }

    boolean mayHave(long number) {
      return (bits[word(number)] & (1L << bit(number))) != 0;
    }

    private static int word(long number) {
      return (int) ((number * 0x9E3779B97F4A7C15L) >>> 50);
    }

    private static int bit(long number) {
      return (int) ((number * 0x9E3779B97F4A7C15L) >>> 44) & 63;
    }
  }
}
