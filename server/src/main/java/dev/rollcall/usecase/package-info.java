/** What the service does for its callers, and the stores it needs for that. */
@NullMarked
package dev.rollcall.usecase;

import org.jspecify.annotations.NullMarked;
