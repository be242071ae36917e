/** The stores, in terms of the schema's functions; how those are called is another package's concern. */
@NullMarked
package dev.rollcall.store.function;

import org.jspecify.annotations.NullMarked;
