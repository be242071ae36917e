/** How often other people match at a site, estimated from its gallery, and the threshold that follows from it. */
@NullMarked
package dev.rollcall.recognition.accuracy;

import org.jspecify.annotations.NullMarked;
