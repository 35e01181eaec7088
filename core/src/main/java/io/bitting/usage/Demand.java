package io.bitting.usage;

import io.bitting.id.ApiId;
import io.bitting.scope.Requirement;
import java.util.Optional;

/**
 * What a check asked of a key.
 *
 * <p>Immutable and thread-safe.
 *
 * @param api the API that was called
 * @param requirement what was required, as it was evaluated
 * @param operation the operation, as {@code GET /scans/{id}}; empty if only the requirement was
 *     given
 */
public record Demand(ApiId api, Requirement requirement, Optional<String> operation) {}
