/** Numbers about the running service, for Prometheus. */
@NullMarked
package dev.rollcall.metrics;

import org.jspecify.annotations.NullMarked;
