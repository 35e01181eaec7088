/** The stores over JDBC: SQLite and PostgreSQL, with their migrations. */
@NullMarked
package io.bitting.jdbc;

import org.jspecify.annotations.NullMarked;
