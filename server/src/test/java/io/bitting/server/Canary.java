package io.bitting.server;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Looks for traces of a secret: for itself, for every eight of its characters in a row, forwards
 * and backwards, and for what Base64 and URL coding make of it.
 */
final class Canary {
  private static final int CHUNK = 8;

  private final Map<String, String> traces = new LinkedHashMap<>();

  /**
   * Takes a secret.
   *
   * @param name what to call it
   * @param secret the part of it that nobody may see: without prefix and id
   */
  Canary(String name, String secret) {
    for (int i = 0; i + CHUNK <= secret.length(); i++) {
      String chunk = secret.substring(i, i + CHUNK);
      traces.put(chunk, name + ", 8 characters");
      traces.put(new StringBuilder(chunk).reverse().toString(), name + ", 8 characters reversed");
      for (String recased :
          List.of(
              upsideDown(chunk), chunk.toUpperCase(Locale.ROOT), chunk.toLowerCase(Locale.ROOT))) {
        traces.putIfAbsent(recased, name + ", 8 characters in another case");
      }
    }
    byte[] bytes = secret.getBytes(StandardCharsets.US_ASCII);
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = new byte[shift + bytes.length];
      System.arraycopy(bytes, 0, shifted, shift, bytes.length);
      String coded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      traces.put(coded.substring(4, coded.length() - 4), name + ", Base64");
    }
    StringBuilder url = new StringBuilder();
    StringBuilder hex = new StringBuilder();
    for (byte each : bytes) {
      url.append(String.format("%%%02x", each));
      hex.append(String.format("%02x", each));
    }
    traces.put(url.substring(0, 3 * CHUNK), name + ", URL-coded");
    traces.put(hex.substring(0, 2 * CHUNK), name + ", in base 16");
  }

  /** Takes a token: all but its prefix and id. */
  static Canary ofToken(String name, String token) {
    return new Canary(name, token.substring(token.length() - 38));
  }

  private static String upsideDown(String text) {
    StringBuilder turned = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      turned.append(Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c));
    }
    return turned.toString();
  }

  /** Returns what is found in a text, one of each kind of trace, with what is around it. */
  List<String> in(String where, String text) {
    Map<String, String> found = new LinkedHashMap<>();
    String lower = null;
    for (Map.Entry<String, String> trace : traces.entrySet()) {
      int at = text.indexOf(trace.getKey());
      if (at < 0 && trace.getKey().startsWith("%")) {
        lower = lower == null ? text.toLowerCase(Locale.ROOT) : lower;
        at = lower.indexOf(trace.getKey());
      }
      if (at >= 0) {
        String around = text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 60));
        found.putIfAbsent(
            trace.getValue(),
            trace.getValue() + " in " + where + ": …" + around.replace('\n', ' ') + "…");
      }
    }
    return List.copyOf(found.values());
  }

  /** Returns what is found in bytes. */
  List<String> in(String where, byte[] bytes) {
    return in(where, new String(bytes, StandardCharsets.ISO_8859_1));
  }
}
