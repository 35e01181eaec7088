package io.bitting.cli;

import io.bitting.id.Base62;
import io.bitting.key.KeyPrefix;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What can be told of a token without asking anybody.
 *
 * <p><b>Security guarantees.</b> Nothing here holds or shows a character of the secret, unless one
 * that no secret has.
 *
 * @param length how many characters it has
 * @param prefix how it starts
 * @param id the key that it names
 * @param checksum its last six characters, and what they should be
 * @param faults what is wrong
 */
record Diagnosis(
    int length,
    Optional<String> prefix,
    Optional<String> id,
    Optional<Checksum> checksum,
    List<Finding> faults) {
  private static final int ID_LENGTH = 12;
  private static final int SECRET_LENGTH = 32;
  private static final int CHECKSUM_LENGTH = 6;
  private static final int BODY_LENGTH = ID_LENGTH + SECRET_LENGTH + CHECKSUM_LENGTH;

  /** A checksum. */
  record Checksum(String found, String expected) {
    boolean isRight() {
      return found.equals(expected);
    }
  }

  /** Something that is wrong, and what to do about it. */
  record Finding(String message, String fix) {}

  /** Looks at a token. */
  static Diagnosis of(String token) {
    List<Finding> faults = new ArrayList<>();
    wrapping(token, faults);
    int underscore = token.lastIndexOf('_');
    String head = underscore < 0 ? "" : token.substring(0, underscore);
    String body = token.substring(underscore + 1);
    Optional<String> prefix = KeyPrefix.parse(head).map(KeyPrefix::text);
    Optional<String> id =
        prefix.isPresent()
                && body.length() >= ID_LENGTH
                && Base62.isText(body.substring(0, ID_LENGTH), ID_LENGTH)
            ? Optional.of(body.substring(0, ID_LENGTH))
            : Optional.empty();
    if (faults.isEmpty()) {
      shape(prefix, body, faults);
    }
    Optional<Checksum> checksum =
        faults.isEmpty() ? Optional.of(checksum(token)) : Optional.empty();
    checksum
        .filter(sum -> !sum.isRight())
        .ifPresent(sum ->
            faults.add(
                new Finding(
                    "the checksum does not fit the rest: a character was changed, or two were swapped",
                    "Copy the token again from where it is kept; it cannot be repaired. Where that is wrong too, create another key.")));
    return new Diagnosis(token.length(), prefix, id, checksum, List.copyOf(faults));
  }

  /** What people copy along with a token. */
  private static void wrapping(String token, List<Finding> faults) {
    String lower = token.strip().toLowerCase(Locale.ROOT);
    if (token.isEmpty()) {
      faults.add(
          new Finding("there is nothing", "Look whether the file or variable is the right one."));
      return;
    }
    if (lower.startsWith("authorization:")
        || lower.startsWith("bearer ")
        || lower.startsWith("x-api-key:")) {
      faults.add(
          new Finding(
              "it is a whole header, and not the token alone",
              "Keep only what follows the scheme: the part that starts with the prefix."));
      return;
    }
    if (token.endsWith("…") || token.endsWith("...")) {
      faults.add(
          new Finding(
              "it is what lists show of a key, prefix and id; the secret is not in it",
              "A token is shown once, when its key is created. Create another key."));
      return;
    }
    token
        .codePoints()
        .filter(point -> !(point == '_' || (point < 128 && Base62.value(point) >= 0)))
        .findFirst()
        .ifPresent(point -> faults.add(strange(token, point)));
  }

  private static Finding strange(String token, int point) {
    int position = token.codePointCount(0, token.indexOf(Character.toString(point))) + 1;
    String where = " at position " + position;
    if (point == '\n' || point == '\r') {
      return new Finding(
          "it has a line break" + where,
          "Put the token on one line. If it was copied from a terminal, it was broken there.");
    }
    if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
      return new Finding("it has a blank" + where, "Take the blank out.");
    }
    if (point == '"' || point == '\'' || point == '`' || point == '<' || point == '>') {
      return new Finding("it has a " + (char) point + where, "Take the quotes or brackets off.");
    }
    String name = Optional.ofNullable(Character.getName(point)).orElse("no character");
    return new Finding(
        String.format(
            Locale.ROOT,
            "it has U+%04X (%s)%s; a token has letters a to z, A to Z, digits and underscores",
            point,
            name,
            where),
        "Copy the token again from where it is kept; something on the way changed it.");
  }

  private static void shape(Optional<String> prefix, String body, List<Finding> faults) {
    if (prefix.isEmpty()) {
      faults.add(
          new Finding(
              "it does not start with a prefix and an underscore, as bit_ does; " + KeyPrefix.RULE,
              "Look whether it is a token of Bitting at all; if its begin is cut off, copy it again."));
    }
    int missing = BODY_LENGTH - body.length();
    if (missing > 0) {
      faults.add(
          new Finding(
              "it is "
                  + Plain.count(missing, "character")
                  + " short; behind the prefix there are "
                  + BODY_LENGTH,
              "Copy it again, to its end."));
    } else if (missing < 0) {
      faults.add(
          new Finding(
              "it is "
                  + Plain.count(-missing, "character")
                  + " too long; behind the prefix there are "
                  + BODY_LENGTH,
              "Look whether it was pasted twice, or something stands behind it."));
    }
  }

  private static Checksum checksum(String token) {
    int covered = token.length() - CHECKSUM_LENGTH;
    CRC32 crc = new CRC32();
    crc.update(token.substring(0, covered).getBytes(StandardCharsets.US_ASCII));
    char[] expected = new char[CHECKSUM_LENGTH];
    long rest = crc.getValue();
    for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
      expected[i] = (char) Base62.digit((int) (rest % 62));
      rest /= 62;
    }
    return new Checksum(token.substring(covered), new String(expected));
  }
}
