/** The order of the filters of a request. */
@NullMarked
package dev.rollcall.http.pipeline;

import org.jspecify.annotations.NullMarked;
