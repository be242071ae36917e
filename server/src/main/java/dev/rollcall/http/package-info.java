/** The properties of calls, the table of routes and the response headers, for all packages of the HTTP interface. */
@NullMarked
package dev.rollcall.http;

import org.jspecify.annotations.NullMarked;
