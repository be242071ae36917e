/** Facial landmarks. */
@NullMarked
package dev.rollcall.engine.landmark;

import org.jspecify.annotations.NullMarked;
