package io.bitting.seal;

/**
 * A secret as it is stored: encrypted, and of use only in the row that it was encrypted for.
 *
 * @param pepperVersion the pepper of the keyset that the key is derived from
 * @param bytes 12 bytes of nonce, then AES-256-GCM's text and tag
 */
public record Encrypted(int pepperVersion, Bytes bytes) {}
