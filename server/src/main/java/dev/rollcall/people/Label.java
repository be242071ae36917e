package dev.rollcall.people;

import org.jspecify.annotations.Nullable;

/**
 * A value that a person may have or not, such as a group.
 *
 * @param text the value, or null for none
 */
public record Label(@Nullable String text) {

    /** No value. */
    public static final Label NONE = new Label(null);
}
