package dev.rollcall.http.api;

import dev.rollcall.schedule.BreakRule;
import dev.rollcall.schedule.Grace;
import dev.rollcall.schedule.MarkWindow;
import dev.rollcall.schedule.Rounding;
import dev.rollcall.schedule.Shift;
import dev.rollcall.schedule.ShiftRules;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A shift in responses. */
@Schema(name = "Shift", description = "Planned hours that repeat by the week")
record ShiftView(
        @Schema(description = "The shift's id") String shift,
        @Schema(description = "The shift's name") String name,
        @Schema(description = ShiftBodies.START) String start,
        @Schema(description = ShiftBodies.END) String end,
        @Schema(description = ShiftBodies.DAYS) List<Integer> days,
        Breaks breaks,
        GraceView grace,
        Window window,
        RoundingView rounding,

        @Schema(description = "When the shift was added") Instant createdAt,

        @Schema(description = "When the shift was last changed")
        Instant updatedAt) {

    @Schema(name = "ShiftBreaks", description = "How breaks count")
    record Breaks(
            @Schema(implementation = BreakRule.Kind.class) String kind,

            @Schema(minimum = "0", maximum = "720", description = "The planned break of a day")
            int minutes,

            @Schema(minimum = "0", maximum = "720", description = "Of automatic: the presence that is always work")
            int afterMinutes) {}

    @Schema(name = "ShiftGrace", description = "By how many minutes the times may be missed")
    record GraceView(
            @Schema(minimum = "0", maximum = "240", description = "On arrival")
            int inMinutes,

            @Schema(minimum = "0", maximum = "240", description = "On departure")
            int outMinutes) {}

    @Schema(name = "ShiftWindow", description = "How many minutes from the times marks belong to the shift")
    record Window(
            @Schema(minimum = "0", maximum = "720", description = "Before the start")
            int beforeMinutes,

            @Schema(minimum = "0", maximum = "720", description = "After the end")
            int afterMinutes) {}

    @Schema(name = "ShiftRounding", description = "How times are rounded for the hours")
    record RoundingView(
            @Schema(description = "The step on the local clock, a divisor of 60; 0 for none")
            int minutes,

            @Schema(implementation = Rounding.Mode.class) String in,
            @Schema(implementation = Rounding.Mode.class) String out) {}

    static ShiftView example() {
        return new ShiftView(
                "early",
                "Early shift",
                "06:00",
                "14:30",
                List.of(1, 2, 3, 4, 5),
                new Breaks("automatic", 30, 360),
                new GraceView(5, 5),
                new Window(240, 240),
                new RoundingView(0, "nearest", "nearest"),
                Instant.parse("2026-11-20T09:12:44.120551Z"),
                Instant.parse("2026-11-20T09:12:44.120551Z"));
    }

    static ShiftView of(Shift shift) {
        ShiftRules rules = shift.rules();
        BreakRule breaks = rules.breaks();
        Grace grace = rules.grace();
        MarkWindow window = rules.window();
        Rounding rounding = rules.rounding();
        return new ShiftView(
                shift.id(),
                shift.name(),
                rules.start().toString(),
                rules.end().toString(),
                rules.daysInOrder().stream().map(DayOfWeek::getValue).toList(),
                new Breaks(word(breaks.kind()), breaks.minutes(), breaks.afterMinutes()),
                new GraceView(grace.inMinutes(), grace.outMinutes()),
                new Window(window.beforeMinutes(), window.afterMinutes()),
                new RoundingView(rounding.minutes(), word(rounding.in()), word(rounding.out())),
                shift.createdAt(),
                shift.updatedAt());
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
