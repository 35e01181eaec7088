/** Talks to a Bitting server. */
@NullMarked
package io.bitting.client;

import org.jspecify.annotations.NullMarked;
