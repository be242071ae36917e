/** Digests of bytes. */
@NullMarked
package dev.rollcall.digest;

import org.jspecify.annotations.NullMarked;
