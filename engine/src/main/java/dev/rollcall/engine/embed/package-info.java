/** From an aligned face crop to an embedding. */
@NullMarked
package dev.rollcall.engine.embed;

import org.jspecify.annotations.NullMarked;
