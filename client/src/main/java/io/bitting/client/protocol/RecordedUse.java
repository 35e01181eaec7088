package io.bitting.client.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Calls that were recorded and allowed.
 *
 * @param api the API that was called
 * @param operation the operation; null if only a requirement was given
 * @param requirement what it required
 * @param calls how many
 * @param firstAt when the first was, to the minute
 * @param lastAt when the last was, to the minute
 */
public record RecordedUse(
    String api,
    @Nullable String operation,
    RequirementAnswer requirement,
    long calls,
    Instant firstAt,
    Instant lastAt) {}
