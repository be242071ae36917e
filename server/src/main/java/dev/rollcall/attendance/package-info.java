/** Attendance: marks, their rules and their store. */
@NullMarked
package dev.rollcall.attendance;

import org.jspecify.annotations.NullMarked;
