/** Similarity, calibrated confidence and the comparison with a person's templates. */
@NullMarked
package dev.rollcall.engine.match;

import org.jspecify.annotations.NullMarked;
