/** The process: stop signals and the watchdog. */
@NullMarked
package dev.rollcall.config.process;

import org.jspecify.annotations.NullMarked;
