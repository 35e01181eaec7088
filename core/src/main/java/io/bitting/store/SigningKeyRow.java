package io.bitting.store;

import io.bitting.audit.VerifyingKey;
import io.bitting.seal.Canonical;
import io.bitting.seal.Encrypted;
import java.time.Instant;

/**
 * A key that signs checkpoints, as it is stored.
 *
 * @param number counts the installation's signing keys, from 1; the last one signs
 * @param key its public half
 * @param encrypted its private half
 * @param createdAt when it was made
 */
public record SigningKeyRow(long number, VerifyingKey key, Encrypted encrypted, Instant createdAt) {

  /** Returns the form that is sealed. */
  public byte[] canonical() {
    return Canonical.of("signing-key")
        .number(number)
        .bytes(key.der())
        .number(encrypted.pepperVersion())
        .bytes(encrypted.bytes())
        .time(createdAt)
        .toBytes();
  }

  @Override
  public String toString() {
    return key.toString();
  }
}
