/** The metrics of the service, for Prometheus. */
@NullMarked
package dev.rollcall.metrics;

import org.jspecify.annotations.NullMarked;
