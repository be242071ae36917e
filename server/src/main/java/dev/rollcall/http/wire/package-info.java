/** The readers of request bodies: forms, JSON and pictures, within limits. */
@NullMarked
package dev.rollcall.http.wire;

import org.jspecify.annotations.NullMarked;
