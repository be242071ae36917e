/** Whether the audit log is as it was written. */
@NullMarked
package dev.rollcall.audit;

import org.jspecify.annotations.NullMarked;
