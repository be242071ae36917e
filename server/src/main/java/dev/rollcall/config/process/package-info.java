/** The process: its end by a signal, and its watchdog. */
@NullMarked
package dev.rollcall.config.process;

import org.jspecify.annotations.NullMarked;
