/** The file in which everything moves from one store to another. */
@NullMarked
package dev.rollcall.archive;

import org.jspecify.annotations.NullMarked;
