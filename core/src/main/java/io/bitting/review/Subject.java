package io.bitting.review;

import io.bitting.key.Key;
import io.bitting.organization.Organization;
import io.bitting.scope.Catalog;
import io.bitting.usage.KeyUse;
import java.time.Instant;
import java.util.Optional;

/**
 * A key as a review looks at it.
 *
 * @param key the key, not revoked
 * @param expiresAt when it expires, if ever
 * @param catalog the catalog of its API
 * @param organization whose it is
 * @param recorded its recorded use in the window of the review
 * @param makerGone what became of the key or member that made it, as {@code key 4fT9xQ2mZp7B,
 *     revoked on 2026-03-01}; empty if that is still there, or is neither
 */
public record Subject(
    Key key,
    Optional<Instant> expiresAt,
    Catalog catalog,
    Organization organization,
    KeyUse recorded,
    Optional<String> makerGone) {}
