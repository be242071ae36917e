/** The templates of all people in memory, and the search among them. */
@NullMarked
package dev.rollcall.recognition.gallery;

import org.jspecify.annotations.NullMarked;
