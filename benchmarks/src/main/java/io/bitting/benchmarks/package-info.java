/**
 * The measurements behind each number in {@code docs/performance.md}, each a class that ends with a
 * verdict, a measured figure beside its limit: {@link io.bitting.benchmarks.AuthorizeRatio}, {@link
 * io.bitting.benchmarks.HeapPerKey} and {@link io.bitting.benchmarks.VerifyRatio}. They work on the
 * rows of a {@link io.bitting.benchmarks.Population}, and are run by {@code benchmarks/run}.
 */
@NullMarked
package io.bitting.benchmarks;

import org.jspecify.annotations.NullMarked;
