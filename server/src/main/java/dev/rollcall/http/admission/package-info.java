/** Bounds of how many requests are served at once and of the memory that their bodies take. */
@NullMarked
package dev.rollcall.http.admission;

import org.jspecify.annotations.NullMarked;
