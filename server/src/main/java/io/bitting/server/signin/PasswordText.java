package io.bitting.server.signin;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;

/**
 * A password as it is counted and hashed: NFC, so that every keyboard's é is one, and otherwise
 * what was typed, blanks at its ends included.
 */
final class PasswordText {
  /** The greatest length in code points. */
  static final int LENGTH_MAX = 128;

  /**
   * Longer texts, in UTF-16 units, are too long in every form: NFC shortens to a quarter at most.
   */
  private static final int NORMALIZED_MAX = 8 * LENGTH_MAX;

  private final String text;

  private PasswordText(String text) {
    this.text = text;
  }

  /** Takes what was typed. A text that is far too long stays as it is. */
  static PasswordText of(String typed) {
    return new PasswordText(
        typed.length() > NORMALIZED_MAX ? typed : Normalizer.normalize(typed, Normalizer.Form.NFC));
  }

  String text() {
    return text;
  }

  /** Returns the length in code points. */
  int length() {
    return text.codePointCount(0, text.length());
  }

  /** Returns UTF-8; empty if this is no Unicode or too long, so that it is nobody's password. */
  Optional<byte[]> bytes() {
    if (length() > LENGTH_MAX) {
      return Optional.empty();
    }
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return Optional.of(bytes);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "PasswordText";
  }
}
