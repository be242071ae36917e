/** The service's own certificate authority, and its certificate for the names and addresses of this machine. */
@NullMarked
package dev.rollcall.certificates;

import org.jspecify.annotations.NullMarked;
