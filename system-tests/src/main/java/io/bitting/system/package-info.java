/**
 * Tests of the whole: the architecture, the documentation, and the product as its users meet it.
 * Nothing here is shipped; the tests lie beside this package's sources.
 */
@NullMarked
package io.bitting.system;

import org.jspecify.annotations.NullMarked;
