/** Face alignment: from landmarks to the upright crop that the embedder reads. */
@NullMarked
package dev.rollcall.engine.align;

import org.jspecify.annotations.NullMarked;
