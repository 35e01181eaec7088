/** The records that travel between client and server. */
@NullMarked
package io.bitting.client.protocol;

import org.jspecify.annotations.NullMarked;
