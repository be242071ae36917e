/** The database functions of a Supabase project over its REST interface. */
@NullMarked
package dev.rollcall.store.supabase;

import org.jspecify.annotations.NullMarked;
