package io.bitting.server.setup;

import io.bitting.id.ApiId;
import io.bitting.issue.KeyRequest;
import java.util.Optional;

/** What the first key of an organization may do: everything there. */
final class OwnerKey {
  private OwnerKey() {}

  /** Returns the request for it, which goes through the one issuing function like any other. */
  static KeyRequest request(String name, String purpose, KeyRequest.Expiry expiry) {
    return new KeyRequest(
        ApiId.BITTING.text(),
        name,
        purpose,
        new KeyRequest.AllScopes(),
        expiry,
        Optional.of(new KeyRequest.ReachingEverything()));
  }
}
