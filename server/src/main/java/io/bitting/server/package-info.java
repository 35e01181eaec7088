/** The server: wiring and start. */
@NullMarked
package io.bitting.server;

import org.jspecify.annotations.NullMarked;
