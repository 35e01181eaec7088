package io.bitting.store;

import io.bitting.id.ApiId;
import io.bitting.key.KeyPrefix;
import io.bitting.seal.Canonical;
import java.time.Instant;

/**
 * A protected API.
 *
 * @param id names it for ever
 * @param name what people call it
 * @param prefix what its tokens begin with, unique, never changed
 * @param createdAt when it was made
 * @param revision counts its changes, from 1
 */
public record Api(ApiId id, String name, KeyPrefix prefix, Instant createdAt, long revision) {

  /** Returns the form that is sealed. */
  public byte[] canonical() {
    return Canonical.of("api")
        .text(id.text())
        .text(name)
        .text(prefix.text())
        .time(createdAt)
        .number(revision)
        .toBytes();
  }

  /**
   * Returns it with another name.
   *
   * @param newName the name
   */
  public Api named(String newName) {
    return new Api(id, newName, prefix, createdAt, revision + 1);
  }
}
