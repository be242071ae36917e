package dev.rollcall.service;

import dev.rollcall.people.PersonName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Names that become something else where they are taken for markup, a script, a template, a formula or a format, and names in
 * many writings. Each is a valid name that is stored as it is.
 */
final class NaughtyNames {

    private static final List<String> TAGS = List.of(
            "img src=x",
            "svg",
            "body",
            "details open",
            "video src=x",
            "audio src=x",
            "input autofocus",
            "select autofocus",
            "iframe src=x",
            "math",
            "object data=x",
            "a href=x",
            "marquee",
            "style",
            "template",
            "x tabindex=0");

    private static final List<String> HANDLERS = List.of(
            "onerror",
            "onload",
            "onfocus",
            "ontoggle",
            "onmouseover",
            "onanimationstart",
            "onclick",
            "onstart",
            "onbegin",
            "onpointerover",
            "onanimationend",
            "ontransitionend",
            "onbeforetoggle",
            "onscroll",
            "onwheel",
            "onpaste");

    private static final List<String> ENDS_OF_CONTEXTS = List.of(
            "\"",
            "'",
            "`",
            "\\\"",
            "\\'",
            "-->",
            "]]>",
            "*/",
            "//",
            "</script>",
            "</style>",
            "</title>",
            "</textarea>",
            "</option></select>",
            "</svg>",
            "</bdi></b></div>",
            "\">",
            "'>",
            "/>");

    private static final List<String> PAYLOADS =
            List.of("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "alert(1)//", "<svg/onload=alert(1)>");

    private static final List<String> SINGLE = List.of(
            // Encodings of the same markup.
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "&#60;script&#62;alert(1)&#60;/script&#62;",
            "&#x3c;script&#x3e;alert(1)",
            "%3Cscript%3Ealert(1)%3C/script%3E",
            "%253Cscript%253E",
            "\\u003cscript\\u003ealert(1)",
            "\\x3cscript\\x3e",
            "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
            "<scr<script>ipt>alert(1)</scr</script>ipt>",
            "<<script>alert(1)//<",
            "<ScRiPt>alert(1)</sCrIpT>",
            "<script/src=data:,alert(1)>",
            "<!--<img src=x onerror=alert(1)>-->",
            "<?xml version=\"1.0\"?>",
            "<!DOCTYPE html>",
            "<![CDATA[<script>alert(1)</script>]]>",
            "<base href=//x>",
            "<meta http-equiv=refresh content=0>",
            "<link rel=stylesheet href=x>",
            "<form action=javascript:alert(1)><button>",
            "<b>bold</b>",
            "&amp;amp;",
            "&nbsp;",
            "&zwnj;",
            // Templates and formats.
            "{{7*7}}",
            "{{constructor.constructor('alert(1)')()}}",
            "${7*7}",
            "${alert(1)}",
            "#{7*7}",
            "<%= 7*7 %>",
            "{n}",
            "{name}",
            "{time}",
            "{0}",
            "%s%d%n",
            "%1$s",
            "$1",
            "$&",
            "$`",
            "$'",
            "$$",
            "\\1",
            "%%",
            "{",
            "}",
            "{}",
            "[]",
            "()",
            "\\",
            "\\n",
            "\\0",
            "`",
            // Words of programs.
            "undefined",
            "null",
            "NaN",
            "true",
            "false",
            "[object Object]",
            "__proto__",
            "constructor",
            "prototype",
            "toString",
            "valueOf",
            "hasOwnProperty",
            "then",
            "length",
            "0",
            "-0",
            "-1",
            "1e309",
            "0x0",
            "1/0",
            "Infinity",
            "CON",
            "NUL",
            "nil",
            "None",
            "default",
            // Addresses and paths.
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "vbscript:msgbox(1)",
            "//x",
            "http://a.invalid/?q=<>",
            "../../../etc/passwd",
            "..\\..\\boot.ini",
            "C:\\",
            "file:///etc/passwd",
            "#/keys",
            "#",
            "?x=1&y=2",
            "/",
            ".",
            "..",
            // Formulas, queries, commands.
            "=1+1",
            "=HYPERLINK(\"http://a\")",
            "+1+1",
            "-1+1",
            "@SUM(1)",
            "=cmd|' /C calc'!A0",
            "\"quoted\"",
            "a,b;c",
            "'; drop table people; --",
            "' or '1'='1",
            "1; select pg_sleep(9)",
            "$(touch x)",
            "`id`",
            "| id",
            "; id",
            "&& id",
            "%00",
            "() { :; }; id",
            // Style sheets.
            "}*{display:none}",
            ";background:url(x)",
            "</style><style>*{display:none}",
            "expression(alert(1))",
            "@import 'x';",
            "var(--bg)",
            // Writings of the world.
            "مرحبا بالعالم",
            "שלום עולם",
            "田中さん",
            "김철수",
            "สวัสดีครับ",
            "नमस्ते",
            "Γειά σου",
            "Привет",
            "Þórbergur Þórðarson",
            "Đặng Thị Ngọc",
            "İIıi",
            "ßẞ",
            "ﬀ",
            "ﷺ",
            "𝒯𝒽𝑒",
            "𠜎𠜱𠝹",
            "👩‍👩‍👧‍👦",
            "🏳️‍🌈",
            "🇪🇸",
            "👍🏽",
            "Zalgo t̷͉̕ȅ̸x̵t",
            "O’Brien",
            "d'Arc",
            "Núñez-Ávila",
            "¯\\_(ツ)_/¯",
            "a\u200eb\u200fc",
            "क्\u200dष",
            "ⒶⒷⒸ",
            "Ⅷ",
            "½",
            "™",
            "�",
            "١٢٣",
            "a b",
            "A",
            "…",
            "—",
            "«»",
            "„“",
            "x\u00b2");

    private NaughtyNames() {}

    /** All of them: several hundred, each once. */
    static List<String> all() {
        Set<String> names = new LinkedHashSet<>(SINGLE);
        for (String tag : TAGS) {
            HANDLERS.forEach(handler -> names.add("<" + tag + " " + handler + "=alert(1)>"));
        }
        for (String end : ENDS_OF_CONTEXTS) {
            PAYLOADS.forEach(payload -> names.add(end + payload));
        }
        names.add("W".repeat(PersonName.MAX_LENGTH));
        names.add("<script>" + "x".repeat(PersonName.MAX_LENGTH - 8));
        names.add("字".repeat(PersonName.MAX_LENGTH));
        for (String name : names) {
            if (!PersonName.parse(name)
                    .map(PersonName::value)
                    .filter(name::equals)
                    .isPresent()) {
                throw new IllegalStateException("no valid name: " + name);
            }
        }
        return new ArrayList<>(names);
    }
}
