package dev.rollcall.recognition.imports;

import java.util.stream.Collectors;

/** Text of others in a report. */
final class ShownText {

    private ShownText() {}

    /** The text's beginning, with question marks for control characters and for halves of characters. */
    static String of(String text, int most) {
        String start = text.length() > most ? text.substring(0, most) : text;
        return start.codePoints()
                .mapToObj(point -> isShown(point) ? Character.toString(point) : "?")
                .collect(Collectors.joining());
    }

    private static boolean isShown(int point) {
        return !Character.isISOControl(point) && Character.getType(point) != Character.SURROGATE;
    }
}
