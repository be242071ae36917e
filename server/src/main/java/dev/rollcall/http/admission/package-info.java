/** Admission control: limits on the requests that are served at once, and on the memory of their bodies. */
@NullMarked
package dev.rollcall.http.admission;

import org.jspecify.annotations.NullMarked;
