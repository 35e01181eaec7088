/** APIs and their catalogs over HTTP. */
@NullMarked
package io.bitting.server.apis;

import org.jspecify.annotations.NullMarked;
