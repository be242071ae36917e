/** From landmarks to the upright face crop that the embedder was trained on. */
@NullMarked
package dev.rollcall.engine.align;

import org.jspecify.annotations.NullMarked;
