/**
 * What is left after {@code kill -9}. A {@link io.bitting.crash.Supervisor} runs a real server in a
 * process of its own, has eight {@link io.bitting.crash.Writer}s change keys and catalogs over
 * HTTP, remembers every answer, kills the server, or its database, at a random moment, starts it
 * again on the same data and holds what is stored against what was answered. The controls are a
 * server that answers before it writes, a database that commits before it writes, and rows that
 * were altered: the comparison has to report each.
 */
package io.bitting.crash;
