/** Whether a face is good enough to be enrolled or recognised. */
@NullMarked
package dev.rollcall.engine.quality;

import org.jspecify.annotations.NullMarked;
