/** Bulk enrollment: many people at once, from a folder or a zip file. */
@NullMarked
package dev.rollcall.recognition.bulk;

import org.jspecify.annotations.NullMarked;
