package dev.rollcall.audit;

/** Names from the database, which somebody may have put in, as they are shown on one line. */
public final class Names {

    private static final int MOST = 64;

    private Names() {}

    /** The name, with a question mark for everything that is not a printable ASCII character, cut off after 64 of them. */
    static String shown(String name) {
        String start = name.length() <= MOST ? name : name.substring(0, MOST) + "...";
        return start.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
