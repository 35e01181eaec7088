/** Organizations over HTTP, and how each comes to its first key. */
@NullMarked
package io.bitting.server.organizations;

import org.jspecify.annotations.NullMarked;
