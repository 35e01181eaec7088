package io.bitting.seal;

/**
 * A seal as it is stored beside a row.
 *
 * @param pepperVersion which pepper of the keyset made it
 * @param mac HMAC-SHA-256 of the row's canonical form, 32 bytes
 */
public record Seal(int pepperVersion, Bytes mac) {}
