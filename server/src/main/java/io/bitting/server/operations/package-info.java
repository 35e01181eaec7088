/** What those who run the server look at: liveness, readiness, metrics, alarms. */
@NullMarked
package io.bitting.server.operations;

import org.jspecify.annotations.NullMarked;
