/** Outcomes that all packages share: refusals with their codes, pages of lists, and failures of a store. */
@NullMarked
package dev.rollcall.outcome;

import org.jspecify.annotations.NullMarked;
