/** What every room of the HTTP interface knows: what a call says about itself. */
@NullMarked
package dev.rollcall.http;

import org.jspecify.annotations.NullMarked;
