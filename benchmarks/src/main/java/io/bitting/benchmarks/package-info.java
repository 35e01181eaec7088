/** JMH benchmarks. */
@NullMarked
package io.bitting.benchmarks;

import org.jspecify.annotations.NullMarked;
