/**
 * A server with sample data that is gone at the next start: for trying things, on loopback only.
 */
@NullMarked
package io.bitting.cli.demo;

import org.jspecify.annotations.NullMarked;
