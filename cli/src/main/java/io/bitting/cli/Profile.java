package io.bitting.cli;

import io.bitting.client.protocol.SecretText;
import java.net.URI;

/**
 * A server with a token for it.
 *
 * @param url the server's address
 * @param token the token, for that address only
 * @param ofDemo whether a demo made it, and the next one may replace it
 */
record Profile(URI url, SecretText token, boolean ofDemo) {
  Profile(URI url, SecretText token) {
    this(url, token, false);
  }
}
