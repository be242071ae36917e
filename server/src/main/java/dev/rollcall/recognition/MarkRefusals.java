package dev.rollcall.recognition;

import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.keys.KeyRefusals;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.PeopleRefusals;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The refusals of the rules of attendance. */
final class MarkRefusals {

    private static final String TIME_ZONE = "time_zone";

    private MarkRefusals() {}

    /**
     * The refusal of a decision.
     *
     * @param decision any but {@link MarkDecision.Marked}
     * @param zone of the site, in which times are shown
     */
    static Refusal of(MarkDecision decision, ZoneId zone) {
        if (decision instanceof MarkDecision.DailyLimitReached limit) {
            return new Refusal(
                    Code.DAILY_LIMIT_REACHED,
                    "All marks of this day are made.",
                    Map.of(
                            "max_per_day",
                            limit.maxPerDay(),
                            "marks",
                            limit.marks().stream().map(MarkRefusals::facts).toList(),
                            TIME_ZONE,
                            zone.getId()));
        }
        if (decision instanceof MarkDecision.TooSoon tooSoon) {
            return new Refusal(
                    Code.TOO_SOON,
                    "The last mark was a moment ago.",
                    Map.of(
                            "next_allowed_at",
                            tooSoon.nextAllowedAt().toString(),
                            "last_mark",
                            facts(tooSoon.last()),
                            TIME_ZONE,
                            zone.getId()));
        }
        if (decision instanceof MarkDecision.RevokedKey) {
            return KeyRefusals.keyNotValid();
        }
        return PeopleRefusals.notEnrolled();
    }

    private static Map<String, Object> facts(Mark mark) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("id", mark.id());
        facts.put("marked_at", mark.markedAt().toString());
        facts.put("number", mark.number());
        facts.put("direction", mark.direction().name().toLowerCase(Locale.ROOT));
        return facts;
    }
}
