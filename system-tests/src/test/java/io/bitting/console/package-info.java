/** What people do in the console, in a real browser, over the demo. */
@NullMarked
package io.bitting.console;

import org.jspecify.annotations.NullMarked;
