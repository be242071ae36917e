package dev.rollcall.archive;

import java.util.Set;
import java.util.regex.Pattern;

/** Checks a correction of marks. */
final class CorrectionCheck {

    private static final Set<String> CORRECTION =
            Set.of("id", "action", "user_id", "old_mark", "new_mark", "reason", "key_id", "at", "approved_by");

    static final Pattern ACTION = Pattern.compile("added|voided|replaced");
    static final Pattern REASON = Pattern.compile("[^\\p{Cc}\\p{Cs}]{3,500}");

    private CorrectionCheck() {}

    static void check(Content correction) throws ArchiveException {
        correction.hasOnly(CORRECTION);
        correction.whole("id", 1, Content.MAX_ID);
        String action = correction.text("action", ACTION, "added, voided or replaced");
        RowCheck.userId(correction);
        mark(correction, "old_mark", !action.equals("added"));
        mark(correction, "new_mark", !action.equals("voided"));
        if (action.equals("replaced")
                && correction.json().path("old_mark").longValue()
                        >= correction.json().path("new_mark").longValue()) {
            throw correction.wrong("new_mark", "must be greater than old_mark");
        }
        correction.text("reason", REASON, "3 to 500 characters without control characters");
        correction.text("key_id", AuditCheck.WORD, "1 to 64 letters, digits and . _ -");
        correction.instant("at");
        String approver = correction.textOrNull("approved_by", AuditCheck.WORD, "1 to 64 letters, digits and . _ -");
        if (correction.text("key_id").equals(approver)) {
            throw correction.wrong("approved_by", "must be another key than key_id");
        }
    }

    /** Checks the number of a mark that must be there, or must not. */
    static void mark(Content correction, String field, boolean wanted) throws ArchiveException {
        if (wanted) {
            correction.whole(field, 1, Content.MAX_ID);
        } else if (correction.has(field)) {
            throw correction.wrong(field, "must not be there");
        }
    }
}
