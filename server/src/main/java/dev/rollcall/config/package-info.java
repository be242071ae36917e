/** Wiring: the only package that may use all others. */
@NullMarked
package dev.rollcall.config;

import org.jspecify.annotations.NullMarked;
