/** Badges: their text and signature, reading one from a picture, issuing them. */
@NullMarked
package dev.rollcall.badges;

import org.jspecify.annotations.NullMarked;
