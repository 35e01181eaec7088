/**
 * The measurements behind each number in {@code docs/performance.md}. Three of them have a {@code
 * main} that ends with a verdict, a measured figure beside its limit: {@link
 * io.bitting.benchmarks.AuthorizeRatio}, {@link io.bitting.benchmarks.HeapPerKey} and {@link
 * io.bitting.benchmarks.VerifyRatio}. They run on the rows of {@link
 * io.bitting.benchmarks.Population}, by {@code benchmarks/run}.
 */
@NullMarked
package io.bitting.benchmarks;

import org.jspecify.annotations.NullMarked;
