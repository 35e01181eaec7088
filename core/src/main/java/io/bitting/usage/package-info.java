/**
 * What keys were really used for: counted in memory on the check path, kept in a ledger, and read
 * by reviews. A use is counted for the requirement as it was evaluated, so that alternatives and
 * implied scopes can be judged later.
 */
@NullMarked
package io.bitting.usage;

import org.jspecify.annotations.NullMarked;
