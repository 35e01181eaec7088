/**
 * The command line, {@code bitting}. {@link io.bitting.cli.Main} starts it; {@code CommandTree} has
 * every command with its place; each command is a class named verb and noun. A command says on
 * stdout what it found, and on stderr what it did and what comes next; its exit code is one of
 * {@code ExitCode}.
 *
 * <p>Whatever lies outside (streams, environment, clock, terminal, and the server that {@code
 * serve} starts) comes in by {@code Surroundings}.
 */
@NullMarked
package io.bitting.cli;

import org.jspecify.annotations.NullMarked;
