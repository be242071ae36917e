package dev.rollcall.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.schedule.HolidayFile.Reason;
import dev.rollcall.schedule.HolidayFile.Skipped;
import dev.rollcall.schedule.HolidayStore.NewHoliday;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HolidayFileTest {

    @Test
    void duration_isOfDaysOrWeeks() {
        assertThat(read("DTSTART;VALUE=DATE:20261224", "DURATION:P3D", "SUMMARY:Christmas")
                        .holidays())
                .extracting(NewHoliday::date)
                .containsExactly(LocalDate.of(2026, 12, 24), LocalDate.of(2026, 12, 25), LocalDate.of(2026, 12, 26));
        assertThat(read("DTSTART;VALUE=DATE:20261224", "DURATION:P1W", "SUMMARY:A")
                        .holidays())
                .hasSize(7);
        assertThat(read("DTSTART:29991231", "SUMMARY:A").holidays()).hasSize(1);
        assertThat(skipped("DTSTART:29991231", "DURATION:P2D", "SUMMARY:A")).isEqualTo(Reason.NO_DATE);
        for (String none : List.of("PT8H", "P1DT1H", "-P1D", "P32D", "three days")) {
            assertThat(skipped("DTSTART;VALUE=DATE:20261224", "DURATION:" + none, "SUMMARY:A"))
                    .isEqualTo(Reason.NO_DATE);
        }
    }

    @Test
    void eventOfAWholeDay_isAHoliday() {
        assertThat(read("DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261226", "SUMMARY:Christmas Day")
                        .holidays())
                .containsExactly(new NewHoliday(LocalDate.of(2026, 12, 25), "Christmas Day", false));
        assertThat(read("DTSTART:20261225", "SUMMARY;LANGUAGE=en:A").holidays()).hasSize(1);
        assertThat(read("DTSTART:20261225", "DTEND:20261225", "SUMMARY:A").holidays())
                .hasSize(1);
    }

    @Test
    void eventOfSeveralDays_isAHolidayForEach() {
        assertThat(read("DTSTART;VALUE=DATE:20260402", "DTEND;VALUE=DATE:20260404", "SUMMARY:Easter")
                        .holidays())
                .extracting(NewHoliday::date)
                .containsExactly(LocalDate.of(2026, 4, 2), LocalDate.of(2026, 4, 3));
    }

    @Test
    void yearlyEvent_isAYearlyHoliday() {
        assertThat(read("DTSTART;VALUE=DATE:20200101", "SUMMARY:New Year", "RRULE:FREQ=YEARLY")
                        .holidays())
                .containsExactly(new NewHoliday(LocalDate.of(2020, 1, 1), "New Year", true));
        assertThat(read("DTSTART:20200101", "SUMMARY:A", "RRULE:FREQ=YEARLY;INTERVAL=1;BYMONTH=1;BYMONTHDAY=1")
                        .holidays())
                .hasSize(1);
    }

    @Test
    void otherEvents_areReportedWithTheirLine() {
        assertThat(skipped("DTSTART:20261224T180000Z", "SUMMARY:Party")).isEqualTo(Reason.NOT_A_WHOLE_DAY);
        assertThat(skipped("DTSTART:20260230", "SUMMARY:A")).isEqualTo(Reason.NO_DATE);
        assertThat(skipped("DTSTART:20260101", "DTEND:20260301", "SUMMARY:A")).isEqualTo(Reason.NO_DATE);
        assertThat(skipped("DTSTART:20260102", "DTEND:20260101", "SUMMARY:A")).isEqualTo(Reason.NO_DATE);
        assertThat(skipped("DTSTART:20260101")).isEqualTo(Reason.NO_NAME);
        assertThat(skipped("DTSTART:20260101", "SUMMARY:A", "RRULE:FREQ=WEEKLY"))
                .isEqualTo(Reason.REPEATED);
        assertThat(skipped("DTSTART:20260101", "SUMMARY:A", "RRULE:FREQ=YEARLY;COUNT=3"))
                .isEqualTo(Reason.REPEATED);
        assertThat(skipped("DTSTART:20260101", "SUMMARY:A", "RRULE:FREQ=YEARLY;BYMONTH=2"))
                .isEqualTo(Reason.REPEATED);
        assertThat(skipped("DTSTART:20260101", "SUMMARY:A", "STATUS:CANCELLED")).isEqualTo(Reason.CANCELLED);
        assertThat(read("DTSTART:20261224T180000Z", "SUMMARY:Party").skipped())
                .containsExactly(new Skipped(2, "Party", Reason.NOT_A_WHOLE_DAY));
    }

    @Test
    void foldedAndEscapedNames_arePutTogether() {
        assertThat(read("DTSTART:20260101", "SUMMARY:New", "  Year\\, and", "\t more\\; \\\\ x\\n")
                        .holidays())
                .extracting(NewHoliday::name)
                .containsExactly("New Year, and more; \\ x");
        assertThat(read("DTSTART:20260101", "SUMMARY;X=\"a:b\":Day", "BEGIN:VALARM", "SUMMARY:Alarm", "END:VALARM")
                        .holidays())
                .extracting(NewHoliday::name)
                .containsExactly("Day");
        assertThat(read("DTSTART:20260101", "SUMMARY:" + "é".repeat(300))
                        .holidays()
                        .get(0)
                        .name())
                .hasSize(200);
    }

    @Test
    void ruleOfThousandsOfParts_isRead() {
        assertThat(read("DTSTART:20200101", "SUMMARY:A", "RRULE:FREQ=YEARLY" + ";BYMONTH=1".repeat(20_000))
                        .holidays())
                .hasSize(1);
        assertThat(skipped("DTSTART:20200101", "SUMMARY:A", "RRULE:FREQ=YEARLY" + ";BYDAY=1MO".repeat(20_000)))
                .isEqualTo(Reason.REPEATED);
    }

    @Test
    void nameHasTheCharactersOfNamesAlone() {
        assertThat(read("DTSTART:20200101", "SUMMARY:\u202eCafe\u0301\u202c \ufffe\u200b")
                        .holidays())
                .extracting(NewHoliday::name)
                .containsExactly("Café");
        assertThat(read("DTSTART:20200101", "SUMMARY:" + "é".repeat(300)).holidays())
                .extracting(NewHoliday::name)
                .containsExactly("é".repeat(200));
        assertThat(skipped("DTSTART:20200101", "SUMMARY:\u200b\u3164")).isEqualTo(Reason.NO_NAME);
    }

    @Test
    void sameEventTwice_isOneHoliday() {
        String event = "BEGIN:VEVENT\nDTSTART:20260101\nSUMMARY:A\nEND:VEVENT\n";

        assertThat(HolidayFile.parse("\uFEFFBEGIN:VCALENDAR\n" + event + event + "END:VCALENDAR\n")
                        .orElseThrow()
                        .holidays())
                .hasSize(1);
    }

    /** As in a calendar of many regions, where a holiday of all has an event for each. */
    @Test
    void eventsThatComeAgain_takeNoPlaceOfOthers() {
        String again = "BEGIN:VEVENT\nDTSTART:20260101\nSUMMARY:New Year\nEND:VEVENT\n";
        String last = "BEGIN:VEVENT\nDTSTART:20261225\nSUMMARY:Christmas Day\nEND:VEVENT\n";

        assertThat(HolidayFile.parse("BEGIN:VCALENDAR\n" + again.repeat(1_100) + last + "END:VCALENDAR\n")
                        .orElseThrow()
                        .holidays())
                .extracting(NewHoliday::name)
                .containsExactly("New Year", "Christmas Day");
    }

    @Test
    void textThatIsNoCalendar_isNone() {
        assertThat(HolidayFile.parse("")).isEmpty();
        assertThat(HolidayFile.parse("<html>")).isEmpty();
    }

    @Property(tries = 300)
    void anyText_isReadWithoutAnError(@ForAll List<String> lines) {
        assertThat(HolidayFile.parse("BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + String.join("\n", lines) + "\nEND:VEVENT"))
                .isPresent();
    }

    private static HolidayFile read(String... lines) {
        return HolidayFile.parse("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + String.join("\r\n", lines)
                        + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
                .orElseThrow();
    }

    private static Reason skipped(String... lines) {
        return read(lines).skipped().get(0).reason();
    }
}
