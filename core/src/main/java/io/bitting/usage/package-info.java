/**
 * What keys were really used for. {@link io.bitting.usage.UsageCounter} counts in memory on the
 * check path, {@link io.bitting.usage.UsageLedger} keeps the counts, and reviews read them by
 * {@link io.bitting.usage.UsageReader}. A use is counted for the requirement as it was evaluated,
 * so that alternatives and implied scopes can be judged later.
 */
@NullMarked
package io.bitting.usage;

import org.jspecify.annotations.NullMarked;
