/** Product APIs to try keys on. */
@NullMarked
package io.bitting.examples;

import org.jspecify.annotations.NullMarked;
