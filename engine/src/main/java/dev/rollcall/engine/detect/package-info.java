/** Face detection. */
@NullMarked
package dev.rollcall.engine.detect;

import org.jspecify.annotations.NullMarked;
