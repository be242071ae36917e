/** The OpenAPI document, which is made from the resources when the program is built. */
@NullMarked
package dev.rollcall.http.openapi;

import org.jspecify.annotations.NullMarked;
