package io.bitting.client.protocol;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditCheckpoint;
import io.bitting.seal.Bytes;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A signed statement of where an audit chain stood.
 *
 * @param type {@code checkpoint}
 * @param chain the organization's id, or {@code installation}
 * @param number the number of the last event that it vouches for
 * @param hash the hash of that event, hexadecimal
 * @param at when it was signed
 * @param key the id of the key that signed
 * @param signature the signature, base64
 */
public record AuditCheckpointAnswer(
    String type, String chain, long number, String hash, Instant at, String key, String signature) {
  /** The word that tells checkpoints from events. */
  public static final String TYPE = "checkpoint";

  /**
   * Writes a checkpoint.
   *
   * @param checkpoint the checkpoint
   */
  public static AuditCheckpointAnswer of(AuditCheckpoint checkpoint) {
    return new AuditCheckpointAnswer(
        TYPE,
        checkpoint.chain().text(),
        checkpoint.number(),
        checkpoint.hash().hex(),
        checkpoint.at(),
        checkpoint.keyId(),
        Base64.getEncoder().encodeToString(checkpoint.signature().toArray()));
  }

  /**
   * Returns what it says; whether that was signed is not looked at.
   *
   * @throws IllegalArgumentException if it is no checkpoint
   */
  public AuditCheckpoint toCheckpoint() {
    if (!type.equals(TYPE) || number < 1) {
      throw new IllegalArgumentException("this is no checkpoint");
    }
    return new AuditCheckpoint(
        new AuditCheckpoint.Statement(
            new AuditChain(chain), number, Bytes.of(HexFormat.of().parseHex(hash)), at, key),
        Bytes.of(Base64.getDecoder().decode(signature)));
  }
}
