package dev.rollcall.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.schedule.BreakRule.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whether the example of docs/hours.md is what the rules make of it. */
class HoursDocumentTest {

    private static final Pattern ROW = Pattern.compile(
            "(?m)^\\| (2026-10-\\d\\d) \\| ([\\d: ]+|–) \\| (\\w+) \\| (\\S+) \\| (\\S+) \\| (\\S+) \\| (\\S+) \\| (\\S+) \\|$");

    private static final ShiftRules OFFICE = new ShiftRules(
            LocalTime.of(8, 0),
            LocalTime.of(16, 30),
            Days.WORKING_DAYS,
            new BreakRule(Kind.AUTOMATIC, 30, 360),
            new Grace(5, 5),
            MarkWindow.DEFAULT,
            Rounding.NONE);

    @Test
    void everyRowOfTheExample_isWhatTheRulesMakeOfIt() throws IOException {
        Days days = Days.of(OFFICE).with(new Holiday(1, "default", LocalDate.of(2026, 10, 26), "Holiday", false));
        List<MatchResult> rows = ROW.matcher(Files.readString(Path.of("../docs/hours.md")))
                .results()
                .toList();

        assertThat(rows).hasSize(9).allSatisfy(row -> {
            String marks = row.group(2);
            DaySheet sheet = days.day(row.group(1), marks.equals("–") ? new String[0] : marks.split(" ", -1));
            Hours hours = sheet.hours();
            assertThat(String.valueOf(sheet.status()).toLowerCase(Locale.ROOT)).isEqualTo(row.group(3));
            assertThat(hours == null ? "–" : time(hours.worked())).isEqualTo(row.group(4));
            assertThat(hours == null ? "–" : time(hours.unpaidBreak())).isEqualTo(row.group(5));
            assertThat(hours == null ? "–" : time(hours.overtime())).isEqualTo(row.group(6));
            assertThat(time(sheet.deviation().lateSeconds())).isEqualTo(row.group(7));
            assertThat(time(sheet.deviation().earlySeconds())).isEqualTo(row.group(8));
        });
    }

    private static String time(long seconds) {
        assertThat(seconds % 60).isZero();
        return String.format("%d:%02d", seconds / 3600, seconds / 60 % 60);
    }
}
