/**
 * What keys are used for: counted as checks are made, carried into the ledger, and shown. {@link
 * io.bitting.server.usage.Recording} stands on the check path; everything else is beside it.
 */
@NullMarked
package io.bitting.server.usage;

import org.jspecify.annotations.NullMarked;
