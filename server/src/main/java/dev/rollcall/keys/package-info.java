/** API keys: what they are, what they permit, and who holds one. */
@NullMarked
package dev.rollcall.keys;

import org.jspecify.annotations.NullMarked;
