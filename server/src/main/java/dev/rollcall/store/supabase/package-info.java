/** The way to a Supabase project's database over its REST interface. */
@NullMarked
package dev.rollcall.store.supabase;

import org.jspecify.annotations.NullMarked;
