/** Signed receipts of marks, with which an employee can prove them. */
@NullMarked
package dev.rollcall.receipts;

import org.jspecify.annotations.NullMarked;
