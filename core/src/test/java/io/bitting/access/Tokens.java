package io.bitting.access;

import io.bitting.id.Base62;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Makes tokens that are well-formed and nothing else. */
final class Tokens {
  private Tokens() {}

  /** Joins a prefix and 44 characters of id and secret, with the right checksum. */
  static String of(String prefix, String idAndSecret) {
    String covered = prefix + "_" + idAndSecret;
    CRC32 crc = new CRC32();
    crc.update(covered.getBytes(StandardCharsets.US_ASCII));
    StringBuilder digits = new StringBuilder();
    long rest = crc.getValue();
    for (int i = 0; i < 6; i++) {
      digits.insert(0, (char) Base62.digit((int) (rest % 62)));
      rest /= 62;
    }
    return covered + digits;
  }
}
