/** The settings: read from the environment and .env, and checked. */
@NullMarked
package dev.rollcall.config.settings;

import org.jspecify.annotations.NullMarked;
