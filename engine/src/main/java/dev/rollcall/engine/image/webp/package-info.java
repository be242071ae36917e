/** WebP pictures in plain Java, row by row: VP8 key frames (RFC 6386) and VP8L (RFC 9649). */
@NullMarked
package dev.rollcall.engine.image.webp;

import org.jspecify.annotations.NullMarked;
