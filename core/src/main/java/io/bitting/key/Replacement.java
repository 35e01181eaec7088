package io.bitting.key;

import io.bitting.id.KeyId;
import java.time.Instant;

/**
 * That another key takes the place of a key. Until the end both are accepted; from then on the old
 * one is as good as revoked, whether or not somebody has written that down yet.
 *
 * @param by the key that takes its place
 * @param at since when there is another
 * @param endsAt from when on the old one is refused
 */
public record Replacement(KeyId by, Instant at, Instant endsAt) {}
