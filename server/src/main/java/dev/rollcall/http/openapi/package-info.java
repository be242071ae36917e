/** The OpenAPI document, which is generated from the resources at build time. */
@NullMarked
package dev.rollcall.http.openapi;

import org.jspecify.annotations.NullMarked;
