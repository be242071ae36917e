/** Sheets of days and months, and trials of shifts. */
@NullMarked
package dev.rollcall.reports;

import org.jspecify.annotations.NullMarked;
