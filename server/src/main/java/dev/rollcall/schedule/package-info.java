/** Shifts, assignments and holidays, and the status and hours of a day by pure rules. */
@NullMarked
package dev.rollcall.schedule;

import org.jspecify.annotations.NullMarked;
