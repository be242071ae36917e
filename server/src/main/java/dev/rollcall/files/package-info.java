/** What a process takes of its machine: files, folders and ports. */
@NullMarked
package dev.rollcall.files;

import org.jspecify.annotations.NullMarked;
