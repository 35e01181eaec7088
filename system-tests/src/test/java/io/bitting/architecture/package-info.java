/**
 * The rules of the architecture, each a test beside a twin that must fail: what the rule forbids is
 * planted in {@code planted}, and the rule has to find it there. {@link
 * io.bitting.architecture.Module} is the one table of modules and of the arrows between them; the
 * rules look at compiled classes, at POMs and, for SQL, at sources.
 */
package io.bitting.architecture;
