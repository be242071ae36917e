/** Network connections below the HTTP filters: their number, deadlines and memory. */
@NullMarked
package dev.rollcall.http.connection;

import org.jspecify.annotations.NullMarked;
