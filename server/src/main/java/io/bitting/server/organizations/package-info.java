/** Organizations over HTTP. */
@NullMarked
package io.bitting.server.organizations;

import org.jspecify.annotations.NullMarked;
