package io.bitting.samples.appsec;

import java.time.Instant;

/**
 * What a repeater does to requests and answers that pass through it. Kept and shown, never run
 * here.
 */
record Script(String id, String name, String repeater, String source, Instant createdAt) {}
