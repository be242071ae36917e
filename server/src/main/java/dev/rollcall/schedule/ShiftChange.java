package dev.rollcall.schedule;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A change of a shift: what is null stays as it is. */
public record ShiftChange(@Nullable String name, Rules rules) {

    /** Changes of rules; the components are those of {@link ShiftRules}. */
    public record Rules(
            @Nullable LocalTime start,
            @Nullable LocalTime end,
            @Nullable Set<DayOfWeek> days,
            @Nullable BreakRule breaks,
            @Nullable Grace grace,
            @Nullable MarkWindow window,
            @Nullable Rounding rounding) {

        public static final Rules NONE = new Rules(null, null, null, null, null, null, null);

        /** The changes that put these rules in the place of any others. */
        public static Rules to(ShiftRules rules) {
            return new Rules(
                    rules.start(),
                    rules.end(),
                    rules.days(),
                    rules.breaks(),
                    rules.grace(),
                    rules.window(),
                    rules.rounding());
        }

        /** These changes on the rules of a shift. */
        public ShiftRules on(ShiftRules before) {
            return new ShiftRules(
                    after(start, before.start()),
                    after(end, before.end()),
                    after(days, before.days()),
                    after(breaks, before.breaks()),
                    after(grace, before.grace()),
                    after(window, before.window()),
                    after(rounding, before.rounding()));
        }

        private static <T> T after(@Nullable T change, T before) {
            return change == null ? before : change;
        }
    }
}
