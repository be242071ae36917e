/** The HTTP interface: requests, responses, and the one table from outcome to status and code. */
@NullMarked
package dev.rollcall.api;

import org.jspecify.annotations.NullMarked;
