/** The program's entry. */
@NullMarked
package dev.rollcall;

import org.jspecify.annotations.NullMarked;
