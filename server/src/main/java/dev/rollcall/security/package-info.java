/** API keys. */
@NullMarked
package dev.rollcall.security;

import org.jspecify.annotations.NullMarked;
