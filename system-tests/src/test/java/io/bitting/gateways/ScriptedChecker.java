package io.bitting.gateways;

import io.bitting.fixtures.Attack;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is asked in the place of Bitting. The token says what is answered: {@code allow}, {@code
 * status-N} (with identity, so that only the status speaks against it), {@code refuse-N} as Bitting
 * refuses, {@code lacks-N} (200 without the header N), {@code once-…} (200 the first time, then
 * 403), {@code fault-N} (line N of {@code attacks/checkers.json}).
 */
final class ScriptedChecker {
  static final String KEY = "keyKEYkey123";
  static final String ORGANIZATION = "orgORGorg123";
  static final String SCOPES = "orders:read orders:write";
  static final String CHALLENGE =
      "Bearer realm=\"sample\", error=\"insufficient_scope\", scope=\"orders:refund\"";

  private static final String IDENTITY =
      """
      X-Bitting-Key: %s\r
      X-Bitting-Organization: %s\r
      X-Bitting-Scopes: %s\r
      X-Bitting-Scopes-Omitted: false\r
      """
          .formatted(KEY, ORGANIZATION, SCOPES);

  /** The headers that every 200 has to carry. */
  static final int IDENTITY_HEADERS = 4;

  private static final Map<String, Attack> FAULTS = faults();
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

  private static Map<String, Attack> faults() {
    return Attack.in("checkers.json").stream()
        .collect(Collectors.toMap(fault -> fault.text("name").orElseThrow(), fault -> fault));
  }

  static RawServer start() {
    return RawServer.start(new ScriptedChecker()::answer);
  }

  /** What Bitting says with a refusal: one line of ASCII. */
  static String problem(int status) {
    return "{\"type\":\"about:blank\",\"status\":" + status + ",\"code\":\"scripted\"}";
  }

  private RawServer.Say answer(RawServer.Request request) {
    String token = token(request);
    boolean nginx = request.target().endsWith("/nginx");
    String kind = token.split("-", 2)[0];
    String rest = token.contains("-") ? token.substring(token.indexOf('-') + 1) : "";
    return switch (kind) {
      case "allow" -> keep(200, IDENTITY, "");
      case "status" -> keep(Integer.parseInt(rest), IDENTITY, "");
      case "lacks" -> keep(200, without(Integer.parseInt(rest)), "");
      case "refuse" -> refusal(Integer.parseInt(rest), nginx);
      case "once" ->
          asked.computeIfAbsent(rest, ignored -> new AtomicInteger()).incrementAndGet() == 1
              ? keep(200, IDENTITY, "")
              : refusal(403, nginx);
      case "fault" -> {
        Attack fault = FAULTS.get(rest);
        yield new RawServer.Say(
            fault.input().replace("{identity}", IDENTITY),
            RawServer.Then.valueOf(fault.text("then").orElseThrow()));
      }
      default -> refusal(401, nginx);
    };
  }

  private static String token(RawServer.Request request) {
    return Optional.of(request.only("Authorization"))
        .filter(text -> text.startsWith("Bearer "))
        .map(text -> text.substring("Bearer ".length()))
        .orElse(request.only("X-API-Key"));
  }

  private static String without(int header) {
    String[] lines = IDENTITY.split("(?<=\n)", -1);
    return IntStream.range(0, lines.length)
        .filter(i -> i != header)
        .mapToObj(i -> lines[i])
        .collect(Collectors.joining());
  }

  private static RawServer.Say refusal(int status, boolean nginx) {
    if (!nginx) {
      return keep(
          status,
          "Content-Type: application/problem+json\r\nWWW-Authenticate: "
              + CHALLENGE
              + "\r\nRetry-After: 7\r\n",
          problem(status));
    }
    return keep(
        status == 401 ? 401 : 403,
        (status == 401 ? "WWW-Authenticate: " : "X-Bitting-Challenge: ")
            + CHALLENGE
            + "\r\nX-Bitting-Status: "
            + status
            + "\r\nX-Bitting-Problem: "
            + problem(status)
            + "\r\nX-Bitting-Retry-After: 7\r\n",
        "");
  }

  private static RawServer.Say keep(int status, String headers, String body) {
    // These have no body, and say no length.
    String length =
        status == 204 || status == 304 ? "" : "Content-Length: " + body.length() + "\r\n";
    return new RawServer.Say(
        "HTTP/1.1 " + status + " Scripted\r\n" + headers + length + "\r\n" + body,
        RawServer.Then.KEEP);
  }
}
