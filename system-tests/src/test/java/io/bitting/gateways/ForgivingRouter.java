package io.bitting.gateways;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A router that finds an operation where a strict one would not: it undoes one disguise of a path
 * after the other, and takes whatever any of these leads to.
 */
final class ForgivingRouter {
  private static final Pattern ESCAPES = Pattern.compile("(%[0-9A-Fa-f]{2})+");
  private static final List<UnaryOperator<String>> DISGUISES =
      List.of(
          target -> target.replaceFirst("(?i)^[a-z]+://[^/?#]*", ""),
          target -> target.split("[?#]", 2)[0],
          path -> path.replaceAll(";[^/]*", ""),
          ForgivingRouter::decoded,
          path -> path.replace('\\', '/'),
          path -> path.split("\u0000", 2)[0],
          path -> path.replaceAll("/+", "/"),
          ForgivingRouter::resolved,
          ForgivingRouter::decoded,
          ForgivingRouter::decoded,
          path -> Normalizer.normalize(path, Normalizer.Form.NFKC),
          path -> path.replaceAll("[\\p{Cc}\\p{Cf}\\p{Mn}]", "").replace("ß", "ss"),
          path -> resolved(path.replaceAll("/+", "/")),
          path -> path.replaceFirst("[. /]+$", ""),
          path -> path.replaceFirst("(?<=[^/])\\.[^/]*$", ""));

  private final List<Route> routes;

  private record Route(String operation, String method, Pattern path, int literal) {
    static Route of(String operation) {
      String[] words = operation.split(" ", 2);
      List<String> parts = new ArrayList<>();
      int literal = 0;
      for (String part : words[1].split("\\{[^}]*}", -1)) {
        parts.add(Pattern.quote(part.toLowerCase(Locale.ROOT)));
        literal += part.length();
      }
      return new Route(
          operation,
          words[0],
          Pattern.compile(String.join("[^/]+", parts), Pattern.DOTALL),
          literal);
    }
  }

  ForgivingRouter(List<String> operations) {
    routes =
        operations.stream()
            .map(Route::of)
            .sorted(Comparator.comparingInt(Route::literal).reversed())
            .toList();
  }

  /** Returns the operations that it runs. */
  List<String> route(String method, String target) {
    List<String> operations = new ArrayList<>();
    String path = target;
    operations.addAll(matching(method, decoded(path)));
    for (UnaryOperator<String> disguise : DISGUISES) {
      path = disguise.apply(path);
      operations.addAll(matching(method, path));
    }
    return operations;
  }

  private List<String> matching(String method, String path) {
    String read = path.toLowerCase(Locale.ROOT);
    String capital = method.strip().toUpperCase(Locale.ROOT);
    List<String> methods = capital.equals("HEAD") ? List.of("HEAD", "GET") : List.of(capital);
    return methods.stream()
        .flatMap(each ->
            routes.stream()
                .filter(route -> route.method().equals(each))
                .filter(route -> route.path().matcher(read).matches())
                .limit(1))
        .map(Route::operation)
        .toList();
  }

  private static String decoded(String path) {
    Matcher escapes = ESCAPES.matcher(path);
    return escapes.replaceAll(found ->
        Matcher.quoteReplacement(URLDecoder.decode(found.group(), StandardCharsets.UTF_8)));
  }

  private static String resolved(String path) {
    List<String> kept = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        if (kept.size() > 1) {
          kept.remove(kept.size() - 1);
        }
      } else if (!segment.equals(".")) {
        kept.add(segment);
      }
    }
    return kept.size() == 1 ? "/" : String.join("/", kept);
  }
}
