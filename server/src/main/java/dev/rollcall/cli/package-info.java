/** The command line. */
@NullMarked
package dev.rollcall.cli;

import org.jspecify.annotations.NullMarked;
