package io.bitting.usage;

import java.time.Instant;
import java.util.Optional;

/**
 * When and from where a key was last used. A key is used when its whole secret was presented while
 * it was live, whether it had the scopes or not; presenting a key that is revoked, disabled or
 * expired is no use of it.
 *
 * @param at when, to the minute
 * @param source the caller's address, if the verifier was told
 * @param userAgent what the caller said it is, at most 200 characters, if the verifier was told
 */
public record LastUse(Instant at, Optional<String> source, Optional<String> userAgent) {}
