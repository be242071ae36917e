package dev.rollcall.archive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks a correction that waits for approval, or waited for it. */
final class CorrectionRequestCheck {

    private static final Set<String> REQUEST = Set.of(
            "id",
            "state",
            "action",
            "user_id",
            "old_mark",
            "proposed",
            "reason",
            "key_id",
            "at",
            "decided_by",
            "decided_at",
            "decision",
            "correction");
    private static final Set<String> PROPOSED =
            Set.of("marked_at", "work_date", "direction", "direction_given", "site");

    private static final Pattern STATE = Pattern.compile("pending|approved|rejected");
    private static final Pattern DIRECTION = Pattern.compile("in|out");
    private static final String KEY = "1 to 64 letters, digits and . _ -";
    private static final String REASON = "3 to 500 characters without control characters";

    private CorrectionRequestCheck() {}

    static void check(Content request) throws ArchiveException {
        request.hasOnly(REQUEST);
        request.whole("id", 1, Content.MAX_ID);
        String state = request.text("state", STATE, "pending, approved or rejected");
        String action = request.text("action", CorrectionCheck.ACTION, "added, voided or replaced");
        RowCheck.userId(request);
        CorrectionCheck.mark(request, "old_mark", !action.equals("added"));
        proposed(request, !action.equals("voided"));
        request.text("reason", CorrectionCheck.REASON, REASON);
        request.text("key_id", AuditCheck.WORD, KEY);
        request.instant("at");
        decision(request, !state.equals("pending"), state.equals("approved"));
        CorrectionCheck.mark(request, "correction", state.equals("approved"));
    }

    private static void decision(Content request, boolean decided, boolean approved) throws ArchiveException {
        for (String field : Set.of("decided_by", "decided_at")) {
            if (request.has(field) != decided) {
                throw request.wrong(field, decided ? "must be there" : "must not be there");
            }
        }
        String decider = request.textOrNull("decided_by", AuditCheck.WORD, KEY);
        if (approved && request.text("key_id").equals(decider)) {
            throw request.wrong("decided_by", "must be another key than key_id");
        }
        request.instantOrNull("decided_at");
        request.textOrNull("decision", CorrectionCheck.REASON, REASON);
    }

    /** Checks the mark that is wished. It stays as it is written, since the database keeps it as JSON. */
    private static void proposed(Content request, boolean wanted) throws ArchiveException {
        if (request.has("proposed") != wanted) {
            throw request.wrong("proposed", wanted ? "must be there" : "must not be there");
        }
        if (!wanted) {
            return;
        }
        if (!(request.json().path("proposed") instanceof ObjectNode object)) {
            throw request.wrong("proposed", "must be an object");
        }
        Content mark = request.within(object.deepCopy(), "proposed");
        mark.hasOnly(PROPOSED);
        mark.instant("marked_at");
        mark.date("work_date");
        mark.text("direction", DIRECTION, "in or out");
        mark.flag("direction_given");
        SiteCheck.site(mark);
    }
}
