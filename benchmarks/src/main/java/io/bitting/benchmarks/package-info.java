/**
 * The measurements behind each number in {@code docs/performance.md}. {@link
 * io.bitting.benchmarks.AuthorizeRatio} and {@link io.bitting.benchmarks.HeapPerKey} run on the
 * rows of {@link io.bitting.benchmarks.Population} and end with a verdict, a measured figure beside
 * its limit; {@link io.bitting.benchmarks.VerifyServer} is what wrk loads. All are run by {@code
 * benchmarks/run}.
 */
@NullMarked
package io.bitting.benchmarks;

import org.jspecify.annotations.NullMarked;
