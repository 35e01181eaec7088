package io.bitting.grant;

/**
 * Names a grant by its contents: SHA-256 of the canonical form, in hex. Equal grants of one API
 * have the same id and are stored once; a grant whose stored parts were altered no longer has its
 * id.
 *
 * @param text 64 hex digits, lower case
 */
public record GrantId(String text) {
  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the text is not 64 lower-case hex digits
   */
  public GrantId {
    if (text.length() != 64
        || !text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
      throw new IllegalArgumentException(
          "grant id \"" + text + "\" is not 64 lower-case hex digits");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
