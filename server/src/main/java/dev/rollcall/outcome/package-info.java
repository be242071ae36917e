/** What every room says in the same way: refusals with their codes, pages of lists, and what a store can't do. */
@NullMarked
package dev.rollcall.outcome;

import org.jspecify.annotations.NullMarked;
