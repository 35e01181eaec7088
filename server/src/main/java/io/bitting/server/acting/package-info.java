/**
 * How a key acts on Bitting's own records: looked up, checked again inside the transaction, and
 * answered once this node has seen the change.
 */
@NullMarked
package io.bitting.server.acting;

import org.jspecify.annotations.NullMarked;
