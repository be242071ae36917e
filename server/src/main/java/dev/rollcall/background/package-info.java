/** Threads that repeat work in the background. */
@NullMarked
package dev.rollcall.background;

import org.jspecify.annotations.NullMarked;
