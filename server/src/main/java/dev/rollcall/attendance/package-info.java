/** The rules of attendance: pure, without framework, database or clock of their own. */
@NullMarked
package dev.rollcall.attendance;

import org.jspecify.annotations.NullMarked;
