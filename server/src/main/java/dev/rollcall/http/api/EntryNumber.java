package dev.rollcall.http.api;

import java.util.regex.Pattern;

/** The number of an entry in a path. */
final class EntryNumber {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private EntryNumber() {}

    /** The number; 0, which no entry has, for a text that is none. */
    static long of(String text) {
        return NUMBER.matcher(text).matches() ? Long.parseLong(text) : 0;
    }
}
