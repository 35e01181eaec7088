package io.bitting.issue;

import io.bitting.key.Overlap;
import java.time.Duration;
import java.util.Optional;

/**
 * A new secret that somebody asks for, as it was asked for: nothing here is known to be right.
 *
 * @param overlap how long the secret before is accepted; empty for a day, or until it expires
 * @param expiry when the new one is to expire; empty for the same lifetime again
 * @param quietFor after how long without use the secret before ends sooner, in whole hours; empty
 *     if it does not
 */
public record RotationRequest(
    Optional<Overlap> overlap, Optional<KeyRequest.Expiry> expiry, Optional<Duration> quietFor) {}
