/** The pages: their files, and how they are sent. */
@NullMarked
package dev.rollcall.http.pages;

import org.jspecify.annotations.NullMarked;
