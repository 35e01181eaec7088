/** Reviews against real traffic. */
@NullMarked
package io.bitting.review;

import org.jspecify.annotations.NullMarked;
