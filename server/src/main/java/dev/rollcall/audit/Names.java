package dev.rollcall.audit;

/** The display form of names from the database, which may contain any text. */
public final class Names {

    private static final int MAX_LENGTH = 64;

    private Names() {}

    /** The first 64 characters of a name, with a question mark for each that is not printable ASCII. */
    static String shown(String name) {
        String start = name.length() <= MAX_LENGTH ? name : name.substring(0, MAX_LENGTH) + "...";
        return start.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
