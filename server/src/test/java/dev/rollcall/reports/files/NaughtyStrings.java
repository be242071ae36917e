package dev.rollcall.reports.files;

import java.util.ArrayList;
import java.util.List;

/** Names that programs get wrong: signs with a meaning in some format, and letters of every block of Unicode. */
final class NaughtyStrings {

    private static final List<String> SIGNS = List.of(
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "=cmd|' /C calc'!A0",
            "'; drop table people; --",
            "\"",
            "\"\"",
            "''",
            ",",
            ";",
            ";;;",
            "a,b",
            "a;b",
            "a\"b",
            "\\",
            "\\n",
            "\\,",
            "a\nb",
            "a\r\nb",
            "a\tb",
            "\u0000",
            "\u001f",
            "\u007f",
            "\u0085",
            "\u2028",
            "\u2029",
            "\ufeff",
            "\u200b",
            "\u200d",
            "\u200f",
            "\u202e",
            "\u2066",
            "\ufffd",
            "\ufffe",
            "\uffff",
            "<script>alert(1)</script>",
            "<b>",
            "&amp;",
            "&#x41;",
            "]]>",
            "<!--",
            "_x0041_",
            "_x000D_",
            "%s%n",
            "${jndi:ldap://a}",
            "{0}",
            "{{7*7}}",
            "../../etc/passwd",
            "CON",
            "NUL",
            "null",
            "undefined",
            "NaN",
            "Infinity",
            "1E400",
            "0x10",
            "01234",
            "1/2",
            "2026-02-30",
            "true",
            "BEGIN:VEVENT",
            "END:VCALENDAR",
            "DTSTART:20260101",
            "(",
            ")",
            "(()",
            "/Type /Page",
            "%PDF",
            "endstream",
            "e\u0301",
            "\u0301",
            "Z\u0351\u036b\u0343\u036a\u0302",
            "\ud83d\ude00",
            "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
            "\ud83c\uddea\ud83c\uddf8",
            "\ud834\udd1e",
            "\u05e9\u05dc\u05d5\u05dd",
            "\u0645\u0631\u062d\u0628\u0627",
            "\u0628\u0650\u0633\u0652\u0645\u0650",
            "abc \u05d0\u05d1\u05d2 def",
            "\u5c71\u7530\u592a\u90ce",
            "\u1100\u1161",
            "\u0e01\u0e33",
            "\u0bb5\u0ba3\u0b95\u0bcd\u0b95\u0bae\u0bcd",
            "\u0130",
            "\u0131",
            "\ufb03",
            "\u00df",
            " ",
            "  a  ",
            "x".repeat(200),
            "\u05d0".repeat(200),
            "W ".repeat(100),
            "");

    private static final int BLOCK = 128;
    private static final int LAST = 0x1ffff;

    private NaughtyStrings() {}

    /** More than 500 texts, none with half a character. */
    static List<String> all() {
        List<String> all = new ArrayList<>(SIGNS);
        for (int start = BLOCK; start < LAST; start += BLOCK) {
            StringBuilder letters = new StringBuilder();
            for (int point = start; point < start + BLOCK; point += 17) {
                if (Character.isDefined(point) && Character.getType(point) != Character.SURROGATE) {
                    letters.appendCodePoint(point);
                }
            }
            if (letters.length() > 0) {
                all.add(letters.toString());
            }
        }
        return all;
    }
}
