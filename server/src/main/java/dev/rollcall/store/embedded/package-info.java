/** The embedded PostgreSQL under the data folder. */
@NullMarked
package dev.rollcall.store.embedded;

import org.jspecify.annotations.NullMarked;
