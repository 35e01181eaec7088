/** The command line, {@code bitting}. */
@NullMarked
package io.bitting.cli;

import org.jspecify.annotations.NullMarked;
