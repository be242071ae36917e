/** Bounds of single network connections, below HTTP's filters. */
@NullMarked
package dev.rollcall.http.connection;

import org.jspecify.annotations.NullMarked;
