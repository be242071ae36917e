/**
 * The face engine: from the bytes of a picture to one face with five landmarks, quality, liveness and a 512-number
 * embedding. {@link dev.rollcall.engine.FaceEngine} is the entry point.
 */
@NullMarked
package dev.rollcall.engine;

import org.jspecify.annotations.NullMarked;
