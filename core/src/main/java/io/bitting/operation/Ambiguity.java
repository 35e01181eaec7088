package io.bitting.operation;

/**
 * Why a request's path could be read as that of more than one operation. Each is a trick that makes
 * two servers, both of them within their rights, take one request for two different ones; a gate
 * that reads the path one way before a server that reads it another way guards nothing, so the
 * request is refused.
 */
public enum Ambiguity {
  /**
   * The target is not a path: {@code http://host/path}, {@code host:443}, {@code *}, or nothing.
   */
  NOT_A_PATH(
      "it does not begin with a slash: a gateway and the server behind it need not agree on where"
          + " its path begins"),
  /** The target is longer than {@value OperationIndex#TARGET_LENGTH_MAX} characters. */
  TOO_LONG("it is longer than 8,192 characters: some servers cut there, others do not"),
  /** The path has more than {@value PathTemplate#SEGMENTS_MAX} segments. */
  TOO_MANY_SEGMENTS("its path has more than 64 segments, which no operation has"),
  /** Two slashes stand together, or what stands between them vanishes in some readings. */
  EMPTY_SEGMENT("it has an empty segment: some servers join slashes that stand together"),
  /** A segment is {@code .} or {@code ..}, or ends with a dot. */
  DOT_AT_END(
      "a segment ends with a dot: servers resolve \".\" and \"..\" before or after they decode, and"
          + " some drop dots at the end of a name"),
  /** The path has a semicolon, bare or encoded. */
  SEMICOLON("it has a semicolon: some servers cut parameters off a segment there"),
  /** The path has a backslash, bare or encoded. */
  BACKSLASH("it has a backslash: some servers take it for a slash"),
  /** The target has a {@code #}. */
  FRAGMENT("it has a \"#\": some servers end the target there, which never has a fragment"),
  /** A character stands bare that a URI has only encoded. */
  BARE_CHARACTER(
      "it has a character that a URI does not allow as it stands: servers cut there, encode it or"
          + " drop it"),
  /** A {@code %} is not followed by two hexadecimal digits. */
  BROKEN_ENCODING(
      "a \"%\" is not followed by two hexadecimal digits: some servers leave it as it is"),
  /** A letter, a digit or one of {@code -._~} is encoded. */
  NEEDLESS_ENCODING(
      "it encodes a letter, a digit or one of \"-._~\", which needs none: some servers match before"
          + " they decode"),
  /** A slash, percent sign, question mark or number sign is encoded. */
  ENCODED_STRUCTURE(
      "it encodes a character by which paths are taken apart: some servers decode first, or twice"),
  /** What is encoded is a control character, or one that Unicode does not know. */
  ENCODED_CONTROL("it encodes a control character: some servers end, cut or trim the path there"),
  /** What is encoded is not UTF-8: overlong, a surrogate, or another charset. */
  NOT_UTF_8("what it encodes is not UTF-8: some servers are lenient and read it as something else"),
  /** A segment begins or ends with an encoded blank. */
  BLANK_AT_END("a segment begins or ends with a blank: some servers trim it"),
  /** A character becomes a slash, backslash, semicolon or percent sign where Unicode is folded. */
  COMPATIBLE_STRUCTURE(
      "it has a character that turns into a slash, backslash, semicolon or percent sign where"
          + " Unicode is normalized"),
  /** Another operation, of another requirement, could be the one that is called. */
  RIVAL("a server that is less exact takes it for an operation that requires something else"),
  /** The path can be read in too many ways to follow them all. */
  TOO_MANY_READINGS("it can be read in too many ways");

  private final String sentence;

  Ambiguity(String sentence) {
    this.sentence = sentence;
  }

  /**
   * Returns the reason as the end of a sentence that begins with <em>the path is ambiguous:</em>.
   */
  public String sentence() {
    return sentence;
  }
}
