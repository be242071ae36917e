/** Imports of many people from zip files that are sent to the service: jobs in the background, with a report. */
@NullMarked
package dev.rollcall.recognition.imports;

import org.jspecify.annotations.NullMarked;
