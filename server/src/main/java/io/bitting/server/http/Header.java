package io.bitting.server.http;

/**
 * A header of an answer.
 *
 * @param name the name; one that most answers have is made by {@link HeaderName#of}
 * @param value its value
 */
public record Header(CharSequence name, String value) {

  /**
   * Tells whether it is of a name, in any case.
   *
   * @param wanted the name
   */
  boolean isNamed(String wanted) {
    return wanted.contentEquals(name) || wanted.equalsIgnoreCase(name.toString());
  }
}
