/** Refusals and failures as HTTP responses in application/problem+json. */
@NullMarked
package dev.rollcall.http.problem;

import org.jspecify.annotations.NullMarked;
