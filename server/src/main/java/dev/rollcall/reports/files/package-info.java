/** Exports: marks and sheets as files for spreadsheets, payroll systems, printers and calendars, written row by row. */
@NullMarked
package dev.rollcall.reports.files;

import org.jspecify.annotations.NullMarked;
