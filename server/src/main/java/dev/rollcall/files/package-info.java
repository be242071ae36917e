/** Files and folders. */
@NullMarked
package dev.rollcall.files;

import org.jspecify.annotations.NullMarked;
