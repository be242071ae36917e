/** The stores, over the schema's functions; other packages implement the calls. */
@NullMarked
package dev.rollcall.store.function;

import org.jspecify.annotations.NullMarked;
