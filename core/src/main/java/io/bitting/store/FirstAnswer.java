package io.bitting.store;

import io.bitting.id.KeyId;
import io.bitting.seal.Bytes;
import io.bitting.seal.Canonical;
import java.time.Instant;
import java.util.Optional;

/**
 * What a caller was answered who made something and named the request, so that the same request is
 * answered in the same way and makes nothing again. Kept for a while.
 *
 * <p><b>Security guarantees.</b> Has no secret: neither the one that was made nor, since that is
 * kept as a digest, the name that the caller chose. {@code toString} shows nothing of the answer.
 *
 * @param request names the request: SHA-256 of the caller and the name that it chose
 * @param payload SHA-256 of what was asked for
 * @param caller the key that asked
 * @param status the HTTP status of the answer
 * @param location where what was made is, if it has an address
 * @param body the answer's JSON, without the secret
 * @param expiresAt from when on the request counts as new
 */
public record FirstAnswer(
    Bytes request,
    Bytes payload,
    KeyId caller,
    int status,
    Optional<String> location,
    String body,
    Instant expiresAt) {

  /** Returns the form that is sealed. */
  public byte[] canonical() {
    return Canonical.of("first-answer")
        .bytes(request)
        .bytes(payload)
        .text(caller.text())
        .number(status)
        .text(location.orElse(null))
        .text(body)
        .time(expiresAt)
        .toBytes();
  }

  @Override
  public String toString() {
    return "first answer to key " + caller;
  }
}
