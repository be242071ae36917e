/** Settings and wiring: the only room that knows all others. */
@NullMarked
package dev.rollcall.config;

import org.jspecify.annotations.NullMarked;
