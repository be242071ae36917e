/** The settings: read from the environment and .env, checked, and handed on as values. */
@NullMarked
package dev.rollcall.config.settings;

import org.jspecify.annotations.NullMarked;
