package dev.rollcall.http.api;

import dev.rollcall.http.api.ShiftView.Breaks;
import dev.rollcall.http.api.ShiftView.GraceView;
import dev.rollcall.http.api.ShiftView.RoundingView;
import dev.rollcall.http.api.ShiftView.Window;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import dev.rollcall.sites.Site;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The bodies of requests about shifts as the OpenAPI document describes them; {@link ShiftFields} reads them. */
final class ShiftBodies {

    static final String SHIFT = "The shift's id: " + Site.ID_RULE;
    static final String START = "The local time at which it begins";
    static final String END = "The local time at which it ends; on the next day if it is not after the start";
    static final String DAYS = "The days of the week on which it is worked, from 1 for Monday to 7 for Sunday";
    private static final String NAME = "On one line, with visible characters";

    private ShiftBodies() {}

    @Schema(name = "NewShiftRequest", description = "A new shift")
    record NewShiftBody(
            @Schema(minLength = 1, maxLength = Site.MAX_ID_LENGTH, pattern = "^" + Site.ID + "$", description = SHIFT)
            String shift,

            @Schema(minLength = 1, maxLength = PersonName.MAX_LENGTH, description = NAME)
            String name,

            @Schema(pattern = SiteFields.TIME, description = START)
            String start,

            @Schema(pattern = SiteFields.TIME, description = END)
            String end,

            @Schema(description = DAYS) List<Integer> days,

            @Schema(description = "How breaks count; unpaid as they are marked if absent") @Nullable
            Breaks breaks,

            @Schema(description = "By how much the times may be missed; not at all if absent") @Nullable
            GraceView grace,

            @Schema(description = "How far from the times marks belong to the shift; four hours if absent") @Nullable
            Window window,

            @Schema(description = "How times are rounded for the hours; not at all if absent") @Nullable
            RoundingView rounding) {

        static NewShiftBody example() {
            return new NewShiftBody(
                    "early",
                    "Early shift",
                    "06:00",
                    "14:30",
                    List.of(1, 2, 3, 4, 5),
                    new Breaks("automatic", 30, 360),
                    new GraceView(5, 5),
                    null,
                    null);
        }
    }

    @Schema(name = "ShiftChange", description = "The fields of a shift that change; others stay as they are")
    record ChangedShift(
            @Schema(minLength = 1, maxLength = PersonName.MAX_LENGTH, description = NAME) @Nullable
            String name,

            @Schema(pattern = SiteFields.TIME, description = START) @Nullable
            String start,

            @Schema(pattern = SiteFields.TIME, description = END) @Nullable
            String end,

            @Schema(description = DAYS) @Nullable List<Integer> days,
            @Nullable Breaks breaks,
            @Nullable GraceView grace,
            @Nullable Window window,
            @Nullable RoundingView rounding) {

        static ChangedShift example() {
            return new ChangedShift(null, null, "14:00", null, null, new GraceView(10, 5), null, null);
        }
    }

    @Schema(
            name = "ShiftTrialRequest",
            description = "Which days to look at, and what of the shift would be otherwise; the rest stays as it is")
    record TriedShift(
            @Schema(description = "The first work date") LocalDate from,

            @Schema(description = "The last work date, at most 61 days later")
            LocalDate to,

            @Schema(
                    minLength = 1,
                    maxLength = UserId.MAX_LENGTH,
                    pattern = "^" + UserId.CHARACTER + "+$",
                    description = "This person alone")
            @Nullable
            String userId,

            @Schema(minLength = 1, maxLength = PersonName.MAX_LENGTH, description = "People of this group alone")
            @Nullable
            String group,

            @Schema(
                    description =
                            "Whether all these people would work the shift on all these dates; false, for those who are"
                                    + " assigned to it, if absent")
            @Nullable
            Boolean assign,

            @Schema(pattern = SiteFields.TIME, description = START) @Nullable
            String start,

            @Schema(pattern = SiteFields.TIME, description = END) @Nullable
            String end,

            @Schema(description = DAYS) @Nullable List<Integer> days,
            @Nullable Breaks breaks,
            @Nullable GraceView grace,
            @Nullable Window window,
            @Nullable RoundingView rounding) {

        static TriedShift example() {
            return new TriedShift(
                    LocalDate.of(2026, 10, 1),
                    LocalDate.of(2026, 10, 31),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    new GraceView(10, 5),
                    null,
                    null);
        }
    }
}
