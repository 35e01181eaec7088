/**
 * What the sample APIs share. {@link io.bitting.samples.VertxGuard} is the part to copy: it puts a
 * core guard before the routes of any Vert.x application. Around it stands a small way to declare
 * an API as a table: an {@link io.bitting.samples.Endpoint} is an {@link
 * io.bitting.samples.Operation} with the code that answers it, and {@link
 * io.bitting.samples.GuardedRouter} serves a list of them, with the guard, the limits and the
 * problems in one place.
 */
@NullMarked
package io.bitting.samples;

import org.jspecify.annotations.NullMarked;
