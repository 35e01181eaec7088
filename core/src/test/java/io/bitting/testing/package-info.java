/**
 * What tests share: a clock that is set by hand, seeded randomness, and attacks that are kept as
 * data.
 */
@NullMarked
package io.bitting.testing;

import org.jspecify.annotations.NullMarked;
