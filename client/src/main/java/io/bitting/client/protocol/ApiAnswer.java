package io.bitting.client.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A protected API.
 *
 * @param id its slug
 * @param name its name
 * @param prefix how its tokens start
 * @param keyHeader a header that carries its keys, besides those that every API takes; null if
 *     there is none
 * @param builtIn whether it is Bitting's own
 * @param catalogVersion the version of its catalog; null while it has none
 * @param createdAt when it was made
 */
public record ApiAnswer(
    String id,
    String name,
    String prefix,
    @Nullable String keyHeader,
    boolean builtIn,
    @Nullable Long catalogVersion,
    Instant createdAt) {}
