/** The calls of the HTTP interface, one resource for each kind. */
@NullMarked
package dev.rollcall.http.api;

import org.jspecify.annotations.NullMarked;
