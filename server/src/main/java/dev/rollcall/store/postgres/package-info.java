/** The database functions over JDBC, for any PostgreSQL. */
@NullMarked
package dev.rollcall.store.postgres;

import org.jspecify.annotations.NullMarked;
