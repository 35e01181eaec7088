package io.bitting.store;

import io.bitting.id.ApiId;
import io.bitting.key.KeyHeader;
import io.bitting.key.KeyPrefix;
import io.bitting.seal.Canonical;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A protected API.
 *
 * @param id names it for ever
 * @param name what people call it
 * @param prefix what its tokens begin with, unique, never changed
 * @param keyHeader a header that carries its keys, besides those that every API takes; null if
 *     there is none
 * @param createdAt when it was made
 * @param revision counts its changes, from 1
 */
public record Api(
    ApiId id,
    String name,
    KeyPrefix prefix,
    @Nullable KeyHeader keyHeader,
    Instant createdAt,
    long revision) {

  /**
   * Returns the form that is sealed. The key header is its last field, and left out where there is
   * none.
   */
  public byte[] canonical() {
    Canonical form =
        Canonical.of("api")
            .text(id.text())
            .text(name)
            .text(prefix.text())
            .time(createdAt)
            .number(revision);
    return (keyHeader == null ? form : form.text(keyHeader.text())).toBytes();
  }

  /**
   * Returns it with what can be changed of it.
   *
   * @param newName the name
   * @param newKeyHeader the header that carries its keys; null for none
   */
  public Api edited(String newName, @Nullable KeyHeader newKeyHeader) {
    return new Api(id, newName, prefix, newKeyHeader, createdAt, revision + 1);
  }
}
