package dev.rollcall.archive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.archive.ArchiveFormat.Line;
import dev.rollcall.archive.ArchiveStore.Row;
import dev.rollcall.attendance.Direction;
import dev.rollcall.keys.Scope;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks the rows of one archive, in their order, as strictly as what comes over the API, and gives them the form in which
 * the store takes them. Not safe for use by several threads.
 */
final class RowCheck {

    static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private static final Pattern SOURCE = Pattern.compile("device|manual|late|import|pin");

    /** More than any setting of MAX_ATTENDANCE_PER_DAY lets a number become. */
    private static final int MAX_NUMBER = 1_000_000;

    private static final String INSIDE_GEOFENCE = "inside_geofence";

    /** What a device found out. */
    private static final List<String> EVIDENCE = List.of(
            "confidence",
            "similarity",
            "liveness",
            "rival_confidence",
            "rival_similarity",
            "look_alike",
            INSIDE_GEOFENCE);

    private static final Set<String> LOOK_ALIKE = Set.of("first_id", "second_id", "declared_at");
    private static final Set<String> MARK = Set.of(
            "id",
            "user_id",
            "marked_at",
            "work_date",
            "number",
            "direction",
            "confidence",
            "similarity",
            "liveness",
            "site",
            "key_id",
            "source",
            "captured_at",
            "rival_confidence",
            "rival_similarity",
            "look_alike",
            "received_at",
            "inside_geofence",
            "direction_given");
    private static final Set<String> KEY = Set.of(
            "key_hash", "name", "created_at", "scopes", "expires_at", "revoked_at", "last_used_at", "site", "user_id");

    private final Limits limits;
    private final PersonCheck people;
    private final AuditCheck audit = new AuditCheck();

    /**
     * What rows are held against.
     *
     * @param store opens encrypted templates
     * @param schema the newest schema that rows may have
     * @param latest when marks and consents may have been at the latest
     */
    record Limits(ArchiveSource store, int schema, Instant latest) {}

    /** Starts an archive. */
    RowCheck(Limits limits) {
        this.limits = limits;
        people = new PersonCheck(limits);
    }

    /**
     * Checks a row.
     *
     * @param number the number of its line, from 1
     * @throws ArchiveException if it can't be; says the line and the field
     */
    Row checked(Line line, long number) throws ArchiveException {
        Content content = new Content(line.content(), "line " + number + " (" + ArchiveFormat.name(line.kind()) + ")");
        switch (line.kind()) {
            case SITE -> SiteCheck.check(content);
            case PERSON -> people.check(content);
            case LOOK_ALIKE -> lookAlike(content);
            case MARK -> mark(content);
            case CORRECTION -> CorrectionCheck.check(content);
            case CORRECTION_REQUEST -> CorrectionRequestCheck.check(content);
            case SHIFT -> ScheduleCheck.shift(content);
            case SHIFT_ASSIGNMENT -> ScheduleCheck.assignment(content);
            case HOLIDAY -> ScheduleCheck.holiday(content);
            case API_KEY -> key(content);
            case AUDIT -> audit.check(content);
        }
        return new Row(line.kind(), content.json().toString());
    }

    static void userId(Content content) throws ArchiveException {
        content.parsed("user_id", UserId.stored(content.text("user_id")), UserId.RULE);
    }

    /** A pair is written once, with the smaller user id first: by characters, which are those of ASCII. */
    private static void lookAlike(Content pair) throws ArchiveException {
        pair.hasOnly(LOOK_ALIKE);
        for (String field : List.of("first_id", "second_id")) {
            pair.parsed(field, UserId.stored(pair.text(field)), UserId.RULE);
        }
        if (pair.text("first_id").compareTo(pair.text("second_id")) >= 0) {
            throw pair.wrong("second_id", "must be greater than first_id");
        }
        pair.instant("declared_at");
    }

    static void name(Content content) throws ArchiveException {
        content.parsed(
                "name",
                PersonName.parse(content.text("name")),
                "1 to " + PersonName.MAX_LENGTH + " characters on one line");
    }

    private void mark(Content mark) throws ArchiveException {
        mark.hasOnly(MARK);
        mark.whole("id", 1, Content.MAX_ID);
        userId(mark);
        Instant at = mark.past("marked_at", limits.latest());
        LocalDate there = at.atOffset(ZoneOffset.UTC).toLocalDate();
        LocalDate date = mark.date("work_date");
        if (date.isBefore(there.minusDays(2)) || date.isAfter(there.plusDays(1))) {
            throw mark.wrong("work_date", "must be at most two days before marked_at, and one after it");
        }
        mark.whole("number", 1, MAX_NUMBER);
        String direction = mark.text("direction");
        if (Stream.of(Direction.values())
                .noneMatch(known -> known.name().toLowerCase(Locale.ROOT).equals(direction))) {
            throw mark.wrong("direction", "must be in or out");
        }
        mark.flag("direction_given");
        SiteCheck.site(mark);
        mark.textOrNull("key_id", AuditCheck.WORD, "1 to 64 letters, digits and . _ -");
        String source = mark.text("source", SOURCE, "device, manual, late, import or pin");
        times(mark, source.equals("late"));
        evidence(mark, source);
    }

    /** Late marks have both times, and no others do. */
    private void times(Content mark, boolean late) throws ArchiveException {
        for (String time : List.of("captured_at", "received_at")) {
            if (mark.has(time) != late) {
                throw mark.wrong(
                        time, late ? "must be there for a late mark" : "must not be there for a mark that is not late");
            }
        }
        if (late) {
            Instant received = mark.past("received_at", limits.latest());
            if (mark.past("captured_at", limits.latest()).isAfter(received)) {
                throw mark.wrong("captured_at", "must not be after received_at");
            }
        }
    }

    private static void evidence(Content mark, String source) throws ArchiveException {
        for (String field : EVIDENCE) {
            boolean isExcluded = source.equals("manual") || (source.equals("pin") && !field.equals(INSIDE_GEOFENCE));
            if (isExcluded && mark.has(field)) {
                throw mark.wrong(field, "must not be there for a mark by PIN, or one that was entered manually");
            }
        }
        if (!source.matches("manual|import|pin") || mark.has("confidence") || mark.has("similarity")) {
            mark.real("confidence", 0, 1);
            mark.real("similarity", -1, 1);
        }
        mark.realOrNull("liveness", 0, 1);
        mark.realOrNull("rival_confidence", 0, 1);
        mark.realOrNull("rival_similarity", -1, 1);
        for (String flag : List.of("look_alike", INSIDE_GEOFENCE)) {
            if (mark.has(flag)) {
                mark.flag(flag);
            }
        }
    }

    private static void key(Content key) throws ArchiveException {
        key.hasOnly(KEY);
        key.text("key_hash", HASH, "64 lower-case hexadecimal digits");
        name(key);
        key.instant("created_at");
        key.instantOrNull("expires_at");
        key.instantOrNull("revoked_at");
        key.instantOrNull("last_used_at");
        SiteCheck.site(key);
        scopes(key);
        if (key.has("user_id")) {
            userId(key);
        }
    }

    private static void scopes(Content key) throws ArchiveException {
        Set<String> seen = new HashSet<>();
        for (JsonNode scope : key.json().path("scopes")) {
            if (!scope.isTextual() || Scope.parse(scope.textValue()).isEmpty() || !seen.add(scope.textValue())) {
                throw notScopes(key);
            }
        }
        if (!key.json().path("scopes").isArray() || seen.isEmpty()) {
            throw notScopes(key);
        }
        boolean isOfAPerson = seen.contains(Scope.SELF.text());
        if (isOfAPerson != key.has("user_id") || (isOfAPerson && seen.size() > 1)) {
            throw key.wrong("scopes", "must be self alone in the key of a person, and have no self in another one");
        }
    }

    private static ArchiveException notScopes(Content key) {
        return key.wrong("scopes", "must be a list of admin, enroll, recognize, read and directory, each once");
    }
}
