/** Pictures: from bytes to upright pixels, and from pixels to what a model reads. */
@NullMarked
package dev.rollcall.engine.image;

import org.jspecify.annotations.NullMarked;
