/** The audit log: its store, verification and retention. */
@NullMarked
package dev.rollcall.audit;

import org.jspecify.annotations.NullMarked;
