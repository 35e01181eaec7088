/**
 * The ports to storage: {@link io.bitting.store.Store} for reading and writing in transactions,
 * {@link io.bitting.store.ChangeSource} for following what was committed. Implementations are in
 * {@code bitting-jdbc}; the contract tests are in this module's test jar.
 */
@NullMarked
package io.bitting.store;

import org.jspecify.annotations.NullMarked;
