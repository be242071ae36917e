/** Enrollment and recognition of people by pictures of their faces. */
@NullMarked
package dev.rollcall.recognition;

import org.jspecify.annotations.NullMarked;
