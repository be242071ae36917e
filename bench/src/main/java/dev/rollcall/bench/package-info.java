/** Measurements of accuracy and speed; never shipped. */
@NullMarked
package dev.rollcall.bench;

import org.jspecify.annotations.NullMarked;
