package io.bitting.usage;

import java.time.Duration;
import java.time.Instant;

/**
 * How often a key was checked within an hour or a day.
 *
 * @param from when it begins, UTC
 * @param length an hour or a day
 * @param allowed how often it was allowed
 * @param denied how often it was denied
 */
public record Tally(Instant from, Duration length, long allowed, long denied) {}
