/** Export of a store into a file, and import of such a file. */
@NullMarked
package dev.rollcall.archive;

import org.jspecify.annotations.NullMarked;
