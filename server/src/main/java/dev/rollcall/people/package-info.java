/** The enrolled people and their templates. */
@NullMarked
package dev.rollcall.people;

import org.jspecify.annotations.NullMarked;
