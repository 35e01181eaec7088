package io.bitting.key;

import io.bitting.id.Base62;
import io.bitting.id.KeyId;
import java.util.zip.CRC32;

/** The lengths of a token's parts and its checksum. */
final class TokenFormat {
  static final int SECRET_LENGTH = 32;
  static final int CHECKSUM_LENGTH = 6;
  static final int BODY_LENGTH = KeyId.LENGTH + SECRET_LENGTH + CHECKSUM_LENGTH;
  static final int LENGTH_MIN = 1 + 1 + BODY_LENGTH;
  static final int LENGTH_MAX = KeyPrefix.LENGTH_MAX + 1 + BODY_LENGTH;

  private TokenFormat() {}

  /** Writes the checksum of {@code text[0, end)} at {@code end}. */
  static void writeChecksum(CRC32 crc, byte[] text, int end) {
    crc.reset();
    crc.update(text, 0, end);
    long rest = crc.getValue();
    for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
      text[end + i] = Base62.digit((int) (rest % 62));
      rest /= 62;
    }
  }

  /**
   * Reads six base62 digits; -1 if one of them is not. Up to 35 bits: more than a CRC-32 has, so
   * such digits match nothing.
   */
  static long readChecksum(byte[] text, int offset) {
    long value = 0;
    for (int i = 0; i < CHECKSUM_LENGTH; i++) {
      int digit = Base62.value(text[offset + i]);
      if (digit < 0) {
        return -1;
      }
      value = value * 62 + digit;
    }
    return value;
  }
}
