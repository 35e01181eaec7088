package io.bitting.operation;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A segment that may have something encoded.
 *
 * @param text decoded
 * @param skeleton as it is compared
 * @param raw as it came, which is what a server reads that decodes after it has matched
 */
record Piece(Reading text, Reading skeleton, String raw) implements Readings {
  private static final String BARE =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,=:@";

  /**
   * What a path may have as it stands, {@code pchar} of RFC 3986 but the semicolon: a small letter
   * for a capital, the character itself for another, nothing for one that it cannot have.
   */
  private static final byte[] SMALL = new byte[256];

  /**
   * Added to an encoded delimiter. That gives a low surrogate which stands alone, and decoded text
   * has none of these.
   */
  private static final int ENCODED = 0xdc00;

  static {
    BARE.chars().forEach(character -> SMALL[character] = (byte) Character.toLowerCase(character));
  }

  /**
   * Reads a segment.
   *
   * @param raw a segment in which {@link #fault} finds nothing
   */
  static Piece of(String raw) {
    String text = decoded(raw).orElseThrow();
    return new Piece(Reading.of(text), Reading.of(Skeleton.of(text)), raw);
  }

  @Override
  public Optional<Reading> undecoded() {
    return raw.indexOf('%') < 0
        ? Optional.empty()
        : Optional.of(Reading.of(raw.toLowerCase(Locale.ROOT)));
  }

  @Override
  public boolean hasSmallEscape() {
    for (int at = raw.indexOf('%'); at >= 0; at = raw.indexOf('%', at + 1)) {
      if (raw.charAt(at + 1) >= 'a' || raw.charAt(at + 2) >= 'a') {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns a character as a small letter if it is a capital, and as it is if not; 0 if a path
   * cannot have it as it stands.
   *
   * @param character a character of Latin-1
   */
  static int small(byte character) {
    return SMALL[character & 0xff];
  }

  /** Says what makes a segment ambiguous, whatever the operations are. */
  static Optional<Ambiguity> fault(String raw) {
    boolean escaped = false;
    for (int i = 0; i < raw.length(); i++) {
      char character = raw.charAt(i);
      if (character == '%') {
        Optional<Ambiguity> fault = escapeFault(raw, i);
        if (fault.isPresent()) {
          return fault;
        }
        escaped = true;
        i += 2;
      } else if (!isBare(character)) {
        return Optional.of(bareFault(character));
      }
    }
    if (raw.isEmpty()) {
      return Optional.of(Ambiguity.EMPTY_SEGMENT);
    }
    if (raw.charAt(raw.length() - 1) == '.') {
      return Optional.of(Ambiguity.DOT_AT_END);
    }
    return escaped ? decodedFault(raw) : Optional.empty();
  }

  private static Ambiguity bareFault(char character) {
    return switch (character) {
      case ';' -> Ambiguity.SEMICOLON;
      case '\\' -> Ambiguity.BACKSLASH;
      case '#' -> Ambiguity.FRAGMENT;
      default -> Ambiguity.BARE_CHARACTER;
    };
  }

  private static Optional<Ambiguity> escapeFault(String raw, int at) {
    int octet = octet(raw, at);
    if (octet < 0) {
      return Optional.of(Ambiguity.BROKEN_ENCODING);
    }
    if (octet < ' ' || octet == 0x7f) {
      return Optional.of(Ambiguity.ENCODED_CONTROL);
    }
    if (octet < 0x7f && (Character.isLetterOrDigit(octet) || "-._~".indexOf(octet) >= 0)) {
      return Optional.of(Ambiguity.NEEDLESS_ENCODING);
    }
    return switch (octet) {
      case ';' -> Optional.of(Ambiguity.SEMICOLON);
      case '\\' -> Optional.of(Ambiguity.BACKSLASH);
      case '/', '%', '?', '#' -> Optional.of(Ambiguity.ENCODED_STRUCTURE);
      default -> Optional.empty();
    };
  }

  private static Optional<Ambiguity> decodedFault(String raw) {
    Optional<String> decoded = decoded(raw);
    if (decoded.isEmpty()) {
      return Optional.of(Ambiguity.NOT_UTF_8);
    }
    String text = decoded.get();
    if (text.codePoints().anyMatch(Piece::isControl)) {
      return Optional.of(Ambiguity.ENCODED_CONTROL);
    }
    String skeleton = Skeleton.of(text);
    if (skeleton.isEmpty()) {
      return Optional.of(Ambiguity.EMPTY_SEGMENT);
    }
    if (skeleton.endsWith(".")) {
      return Optional.of(Ambiguity.DOT_AT_END);
    }
    if (skeleton.chars().anyMatch(character -> "/\\;%".indexOf(character) >= 0)) {
      return Optional.of(Ambiguity.COMPATIBLE_STRUCTURE);
    }
    return isBlank(text.charAt(0)) || isBlank(text.charAt(text.length() - 1))
        ? Optional.of(Ambiguity.BLANK_AT_END)
        : Optional.empty();
  }

  private static boolean isControl(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  /** Tells whether some server trims a character; those that do not print are among them. */
  private static boolean isBlank(char character) {
    return Character.isSpaceChar(character) || Character.getType(character) == Character.FORMAT;
  }

  /**
   * Decodes a text whose escapes are well-formed.
   *
   * @return empty if it encodes what is not UTF-8
   */
  static Optional<String> decoded(String raw) {
    StringBuilder text = new StringBuilder(raw.length());
    ByteBuffer octets = ByteBuffer.allocate(raw.length());
    try {
      for (int i = 0; i < raw.length(); i++) {
        int octet = raw.charAt(i) == '%' ? octet(raw, i) : -1;
        if (octet >= 0x80) {
          octets.put((byte) octet);
        } else {
          flush(octets, text);
          text.append(octet < 0 ? raw.charAt(i) : escaped(octet));
        }
        i += octet < 0 ? 0 : 2;
      }
      flush(octets, text);
      return Optional.of(text.toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static void flush(ByteBuffer octets, StringBuilder text) throws CharacterCodingException {
    if (octets.position() > 0) {
      text.append(StandardCharsets.UTF_8.newDecoder().decode(octets.flip()));
      octets.clear();
    }
  }

  private static char escaped(int octet) {
    return (char) (isBare((char) octet) ? ENCODED + octet : octet);
  }

  /**
   * Returns the octet that the three characters from a percent sign on encode; -1 if they do not.
   */
  private static int octet(String raw, int at) {
    if (at + 2 >= raw.length()) {
      return -1;
    }
    int high = digit(raw.charAt(at + 1));
    int low = digit(raw.charAt(at + 2));
    return high < 0 || low < 0 ? -1 : (high << 4) | low;
  }

  private static int digit(char character) {
    return character < 0x80 ? Character.digit(character, 16) : -1;
  }

  /** Tells whether a path may have a character as it stands. */
  static boolean isBare(char character) {
    return character < SMALL.length && SMALL[character] != 0;
  }

  /** Tells whether a code point of a decoded text stands for an encoded delimiter. */
  static boolean isEncodedDelimiter(int point) {
    return point >= ENCODED && point < ENCODED + 0x80;
  }

  /** Returns the delimiter that a code point stands for. */
  static char delimiter(int encoded) {
    return (char) (encoded - ENCODED);
  }
}
