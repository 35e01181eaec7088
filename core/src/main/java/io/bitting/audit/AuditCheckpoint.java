package io.bitting.audit;

import io.bitting.seal.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A signed statement of where an audit chain stood at a time. Since each event carries the hash of
 * the one before it, it vouches for every event up to its own number.
 *
 * @param statement what is signed
 * @param signature the Ed25519 signature of the statement's bytes, 64 bytes
 */
public record AuditCheckpoint(Statement statement, Bytes signature) {

  /**
   * What a checkpoint says.
   *
   * @param chain the chain
   * @param number the number of its last event then
   * @param hash the hash of that event
   * @param at when it was signed
   * @param keyId the key that signed
   */
  public record Statement(AuditChain chain, long number, Bytes hash, Instant at, String keyId) {

    /**
     * Returns the bytes that are signed: six lines of text, each with a line break at its end.
     *
     * <pre>
     * bitting audit checkpoint 1
     * chain Zt5uW1nB8yGd
     * number 130
     * hash 5f0c… (64 digits)
     * at 1795298400000 (milliseconds since 1970 UTC)
     * key 0123456789abcdef
     * </pre>
     */
    public byte[] toBytes() {
      String text =
          "bitting audit checkpoint 1\n"
              + ("chain " + chain.text() + "\n")
              + ("number " + number + "\n")
              + ("hash " + hash.hex() + "\n")
              + ("at " + at.toEpochMilli() + "\n")
              + ("key " + keyId + "\n");
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Returns the chain. */
  public AuditChain chain() {
    return statement.chain();
  }

  /** Returns the number of the last event that it vouches for. */
  public long number() {
    return statement.number();
  }

  /** Returns the hash of that event. */
  public Bytes hash() {
    return statement.hash();
  }

  /** Returns when it was signed. */
  public Instant at() {
    return statement.at();
  }

  /** Returns the key that signed. */
  public String keyId() {
    return statement.keyId();
  }
}
