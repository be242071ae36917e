/** The order in which a request passes the filters. */
@NullMarked
package dev.rollcall.http.pipeline;

import org.jspecify.annotations.NullMarked;
