package dev.rollcall.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the entries of the audit log: their fields, and that each follows the one before it of its chain. That their hashes
 * are right, and what is before their first, the store checks.
 */
final class AuditCheck {

    private static final Set<String> AUDIT = Set.of(
            "at",
            "action",
            "user_id",
            "details",
            "key_id",
            "request_id",
            "address",
            "site",
            "chain",
            "number",
            "previous",
            "hash");

    private static final Pattern ACTION = Pattern.compile("[A-Z_]{1,40}");
    static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Za-z.:%_-]{1,64}");
    private static final Pattern CHAIN = Pattern.compile("[0-9a-f]{32}");

    /** How the database writes 32 bytes. */
    private static final Pattern BYTES = Pattern.compile("\\\\x[0-9a-f]{64}");

    private static final int MAX_DIGITS = 1000;

    /** A chain comes with each database that was ever imported; a limit keeps memory bounded. */
    private static final int MAX_CHAINS = 10_000;

    private final Map<String, Last> lasts = new HashMap<>();

    private record Last(long number, String hash) {}

    void check(Content entry) throws ArchiveException {
        entry.hasOnly(AUDIT);
        entry.instant("at");
        entry.text("action", ACTION, "1 to 40 capital letters and underscores");
        if (entry.has("user_id")) {
            RowCheck.userId(entry);
        }
        entry.textOrNull("key_id", WORD, "1 to 64 letters, digits and . _ -");
        entry.textOrNull("request_id", WORD, "1 to 64 letters, digits and . _ -");
        entry.textOrNull("address", ADDRESS, "a network address");
        if (entry.has("site")) {
            SiteCheck.site(entry);
        }
        if (!(entry.json().path("details") instanceof ObjectNode details)) {
            throw entry.wrong("details", "must be an object");
        }
        values(entry, details);
        place(entry);
    }

    private void place(Content entry) throws ArchiveException {
        String chain = entry.text("chain", CHAIN, "32 lower-case hexadecimal digits");
        long number = entry.whole("number", 1, Content.MAX_ID);
        String previous = entry.text("previous", BYTES, "\\x and 64 lower-case hexadecimal digits");
        String hash = entry.text("hash", BYTES, "\\x and 64 lower-case hexadecimal digits");
        @Nullable Last last = lasts.put(chain, new Last(number, hash));
        if (lasts.size() > MAX_CHAINS) {
            throw entry.wrong("chain", "is one of more than " + MAX_CHAINS);
        }
        if (last != null && number != last.number() + 1) {
            throw entry.wrong(
                    "number",
                    "must be " + (last.number() + 1) + ", the next of its chain: entries were inserted or removed");
        }
        if (last != null && !previous.equals(last.hash())) {
            throw entry.wrong("previous", "must be the hash of the entry before it");
        }
    }

    /** The database takes no text with a NUL or half a character, and no number beyond all measure. */
    private static void values(Content entry, JsonNode value) throws ArchiveException {
        if (value.isTextual()) {
            text(entry, value.textValue());
        } else if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            if (Math.abs((long) number.scale()) + number.precision() > MAX_DIGITS) {
                throw entry.wrong("details", "must not have numbers of more than " + MAX_DIGITS + " digits");
            }
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            text(entry, field.getKey());
        }
        for (JsonNode inner : value) {
            values(entry, inner);
        }
    }

    private static void text(Content entry, String text) throws ArchiveException {
        if (text.codePoints().anyMatch(point -> point == 0 || Character.getType(point) == Character.SURROGATE)) {
            throw entry.wrong("details", "must not have texts with a NUL or half a character");
        }
    }
}
