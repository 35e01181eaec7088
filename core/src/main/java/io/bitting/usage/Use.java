package io.bitting.usage;

import io.bitting.id.ApiId;
import io.bitting.scope.Requirement;
import java.time.Instant;
import java.util.Optional;

/**
 * What a key was used for under one requirement, on one operation or none, within a window.
 *
 * <p>Immutable and thread-safe.
 *
 * @param api the API that was called
 * @param requirement what was required, as it was evaluated
 * @param operation the operation, as {@code GET /scans/{id}}; empty if only the requirement was
 *     given
 * @param first when it was first asked for, to the minute
 * @param last when it was last asked for, to the minute
 * @param allowed how often it was allowed
 * @param denied how often it was denied
 */
public record Use(
    ApiId api,
    Requirement requirement,
    Optional<String> operation,
    Instant first,
    Instant last,
    long allowed,
    long denied) {}
