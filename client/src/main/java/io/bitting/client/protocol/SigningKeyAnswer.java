package io.bitting.client.protocol;

import java.time.Instant;

/**
 * The public half of a key that signs checkpoints.
 *
 * @param id names it: the first 16 hexadecimal digits of the SHA-256 of its DER
 * @param algorithm {@code Ed25519}
 * @param publicKey X.509 SubjectPublicKeyInfo as PEM
 * @param createdAt when it was made
 */
public record SigningKeyAnswer(String id, String algorithm, String publicKey, Instant createdAt) {}
