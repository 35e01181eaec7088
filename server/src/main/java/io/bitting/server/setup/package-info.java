/**
 * How the first owner comes into being: setup codes, and the way back in for who has the machine.
 */
@NullMarked
package io.bitting.server.setup;

import org.jspecify.annotations.NullMarked;
