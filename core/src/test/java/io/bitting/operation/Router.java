package io.bitting.operation;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server behind the gate: has the same operations, and its own idea of what a path is. Where it
 * prefers none of several templates to another, it may take any of them.
 *
 * @param name what it is like
 * @param before what it does to the path before it takes it apart
 * @param written how a fixed part is compared: as text that it was decoded to, or as it is in a URI
 * @param flags of the regular expressions that the templates are for it
 * @param after what it does to each segment, and to a fixed part, before it compares them
 * @param formats whether it takes what follows a dot in the last segment for a format
 * @param slashes whether a slash at the end counts
 * @param gets whether it answers HEAD as GET where it has no HEAD
 */
record Router(
    String name,
    UnaryOperator<String> before,
    boolean written,
    int flags,
    UnaryOperator<String> after,
    boolean formats,
    boolean slashes,
    boolean gets) {
  @Override
  public String toString() {
    return name;
  }

  private static final int LITERAL = 6;
  private static final int MIXED = 4;
  private static final int PARAMETER = 2;

  /** One that a template leads to, and how concrete the template is in each segment. */
  private record Candidate(Operation operation, List<Integer> ranks) {
    boolean isBetterThan(Candidate other) {
      boolean better = false;
      for (int i = 0; i < ranks.size(); i++) {
        if (ranks.get(i) < other.ranks.get(i)) {
          return false;
        }
        better |= ranks.get(i) > other.ranks.get(i);
      }
      return better;
    }
  }

  /**
   * Decodes as a lenient server does: what is no escape stays, what is no UTF-8 is read somehow.
   */
  static String decoded(String path) {
    byte[] octets = new byte[path.length() * 3];
    int length = 0;
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) == '%' && path.substring(i + 1).matches("(?s)[0-9A-Fa-f]{2}.*")) {
        octets[length++] = (byte) Integer.parseInt(path.substring(i + 1, i + 3), 16);
        i += 2;
      } else {
        for (byte octet : path.substring(i, i + 1).getBytes(StandardCharsets.UTF_8)) {
          octets[length++] = octet;
        }
      }
    }
    return new String(octets, 0, length, StandardCharsets.UTF_8);
  }

  /** Resolves dots as RFC 3986 section 5.2.4 does. */
  static String resolved(String path) {
    List<String> kept = new ArrayList<>();
    String[] segments = path.substring(Math.min(1, path.length())).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      if (segments[i].equals("..") && !kept.isEmpty()) {
        kept.remove(kept.size() - 1);
      }
      if (!segments[i].equals("..") && !segments[i].equals(".")) {
        kept.add(segments[i]);
      } else if (last) {
        kept.add("");
      }
    }
    return "/" + String.join("/", kept);
  }

  /** The operations any of which it may call. */
  List<Operation> route(List<Operation> operations, String method, String target) {
    String path = before.apply(target.split("[?#]", -1)[0]);
    List<Candidate> candidates = candidates(operations, method, path);
    if (candidates.isEmpty() && gets && method.equals("HEAD")) {
      candidates = candidates(operations, "GET", path);
    } else if (gets && method.equals("HEAD")) {
      candidates.addAll(candidates(operations, "GET", path));
    }
    List<Operation> best = new ArrayList<>();
    for (Candidate candidate : candidates) {
      if (candidates.stream().noneMatch(other -> other.isBetterThan(candidate))) {
        best.add(candidate.operation());
      }
    }
    // One that has HEAD for the very path does not ask GET.
    best.removeIf(operation ->
        !operation.method().equals(method)
            && best.stream()
                .anyMatch(other ->
                    other.method().equals(method)
                        && other.path().shape().equals(operation.path().shape())));
    return best;
  }

  private List<Candidate> candidates(List<Operation> operations, String method, String path) {
    List<Candidate> candidates = new ArrayList<>();
    for (Operation operation : operations) {
      if (operation.method().equals(method)) {
        List<Integer> ranks = ranks(operation.path().text(), path);
        if (ranks != null) {
          candidates.add(new Candidate(operation, ranks));
        }
      }
    }
    return candidates;
  }

  private @Nullable List<Integer> ranks(String template, String path) {
    String[] ours = cut(template);
    String[] theirs = cut(path);
    if (ours.length != theirs.length) {
      return null;
    }
    List<Integer> ranks = new ArrayList<>();
    for (int i = 0; i < ours.length; i++) {
      int rank = rank(ours[i], theirs[i], i == ours.length - 1);
      if (rank < 0) {
        return null;
      }
      ranks.add(rank);
    }
    return ranks;
  }

  private String[] cut(String path) {
    String kept =
        !slashes && path.length() > 1 && path.endsWith("/")
            ? path.substring(0, path.length() - 1)
            : path;
    return kept.substring(Math.min(1, kept.length())).split("/", -1);
  }

  private int rank(String template, String segment, boolean last) {
    String[] parts = template.split("\\{[^}]*}", -1);
    int rank = parts.length == 1 ? LITERAL : String.join("", parts).isEmpty() ? PARAMETER : MIXED;
    List<String> quoted = new ArrayList<>();
    for (String part : parts) {
      quoted.add(Pattern.quote(after.apply(written ? part : decoded(part))));
    }
    Pattern pattern = Pattern.compile(String.join("(.+)", quoted), flags | Pattern.DOTALL);
    String read = after.apply(segment);
    if (pattern.matcher(read).matches()) {
      return rank;
    }
    for (int dot = read.indexOf('.', 1);
        formats && last && dot > 0;
        dot = read.indexOf('.', dot + 1)) {
      if (pattern.matcher(read.substring(0, dot)).matches()) {
        // It prefers what takes the whole.
        return rank - 1;
      }
    }
    return -1;
  }

  /** Those that differ from the index, each in one way or several. */
  static List<Router> all() {
    UnaryOperator<String> same = path -> path;
    UnaryOperator<String> joined = path -> path.replaceAll("/+", "/");
    UnaryOperator<String> withoutMatrix = path -> path.replaceAll(";[^/]*", "");
    UnaryOperator<String> decoding = Router::decoded;
    UnaryOperator<String> decodingTwice = path -> decoded(decoded(path));
    UnaryOperator<String> resolving = Router::resolved;
    UnaryOperator<String> slashing = path -> path.replace('\\', '/');
    UnaryOperator<String> ending = path -> path.split("\u0000", -1)[0];
    UnaryOperator<String> trimming = path -> path.strip().replaceAll("[. ]+$", "");
    UnaryOperator<String> folding =
        text ->
            Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    UnaryOperator<String> turkish = text -> text.toLowerCase(Locale.forLanguageTag("tr"));
    UnaryOperator<String> plus = text -> text.replace('+', ' ');
    int anyCase = Pattern.CASE_INSENSITIVE;
    int anyUnicodeCase = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    return List.of(
        new Router("exact, matches before it decodes", same, true, 0, same, false, true, false),
        new Router(
            "exact, decodes before it matches", same, false, 0, decoding, false, true, false),
        new Router("decodes first", decoding, false, 0, same, false, true, false),
        new Router("decodes twice", decodingTwice, false, 0, same, false, true, false),
        new Router(
            "ignores case, matches before it decodes, no strict slash (Express)",
            same,
            true,
            anyCase,
            same,
            false,
            false,
            true),
        new Router(
            "ignores case of Unicode", same, false, anyUnicodeCase, decoding, false, true, false),
        new Router("folds Unicode", decoding, false, 0, folding, false, true, false),
        new Router("folds case as Turkish does", decoding, false, 0, turkish, false, true, false),
        new Router("joins slashes", joined, true, 0, same, false, true, false),
        new Router(
            "decodes, then joins slashes",
            decoding.andThen(joined)::apply,
            false,
            0,
            same,
            false,
            true,
            false),
        new Router("cuts matrix parameters", withoutMatrix, false, 0, decoding, false, true, false),
        new Router(
            "cuts matrix parameters, then resolves dots (Tomcat)",
            withoutMatrix.andThen(decoding).andThen(resolving).andThen(joined)::apply,
            false,
            0,
            same,
            false,
            true,
            true),
        new Router(
            "decodes, then cuts matrix parameters",
            decoding.andThen(withoutMatrix)::apply,
            false,
            0,
            same,
            false,
            true,
            false),
        new Router(
            "takes formats, no strict slash (Rails, old Spring)",
            same,
            false,
            0,
            decoding,
            true,
            false,
            true),
        new Router(
            "takes formats and ignores case",
            decoding,
            false,
            anyUnicodeCase,
            same,
            true,
            true,
            false),
        new Router("ignores a slash at the end", same, false, 0, decoding, false, false, false),
        new Router(
            "resolves dots, then decodes",
            resolving.andThen(decoding)::apply,
            false,
            0,
            same,
            false,
            true,
            false),
        new Router(
            "decodes, then resolves dots",
            decoding.andThen(resolving)::apply,
            false,
            0,
            same,
            false,
            true,
            false),
        new Router(
            "takes backslashes for slashes and resolves dots (IIS)",
            decoding.andThen(slashing).andThen(resolving).andThen(trimming)::apply,
            false,
            anyUnicodeCase,
            same,
            false,
            false,
            true),
        new Router(
            "ends at NUL and trims (C)",
            decoding.andThen(ending).andThen(trimming)::apply,
            false,
            0,
            same,
            false,
            true,
            false),
        new Router("takes plus signs for blanks", decoding, false, 0, plus, false, true, false),
        new Router(
            "everything at once",
            withoutMatrix
                    .andThen(decodingTwice)
                    .andThen(withoutMatrix)
                    .andThen(slashing)
                    .andThen(ending)
                    .andThen(trimming)
                    .andThen(joined)
                    .andThen(resolving)
                ::apply,
            false,
            anyUnicodeCase,
            folding,
            true,
            false,
            true));
  }
}
