/** PINs: which are accepted, how they are stored, and the check of one with the limits of attempts. */
@NullMarked
package dev.rollcall.pins;

import org.jspecify.annotations.NullMarked;
