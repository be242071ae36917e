/** Events for other systems: what they say, their signatures, where they may go, and their delivery. */
@NullMarked
package dev.rollcall.webhooks;

import org.jspecify.annotations.NullMarked;
