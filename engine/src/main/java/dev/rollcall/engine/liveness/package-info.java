/** Presentation attack detection. */
@NullMarked
package dev.rollcall.engine.liveness;

import org.jspecify.annotations.NullMarked;
