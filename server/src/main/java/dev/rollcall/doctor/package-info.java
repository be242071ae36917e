/** Checks of the machine, of a running service and of its settings, for {@code rollcall doctor}. */
@NullMarked
package dev.rollcall.doctor;

import org.jspecify.annotations.NullMarked;
