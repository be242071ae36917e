package dev.rollcall.reports.files;

import dev.rollcall.reports.PersonDay;
import dev.rollcall.schedule.DaySheet;
import dev.rollcall.schedule.DayStatus;
import dev.rollcall.schedule.Hours;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A person's days as a calendar (RFC 5545): an event from the first arrival to the last departure of each day with marks, and one for the
 * whole of a holiday or a day of absence. Nobody is busy by them.
 */
public final class CalendarFile {

    public static final String MEDIA_TYPE = "text/calendar;charset=UTF-8";

    /** Most bytes of a line. */
    private static final int LINE = 75;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Writer out;
    private final Words words;
    private final Stamp stamp;

    private CalendarFile(Writer out, Words words, Stamp stamp) {
        this.out = out;
        this.words = words;
        this.stamp = stamp;
    }

    /**
     * Where and when a calendar is made.
     *
     * @param database a name that no other one has: events of two databases are different ones
     */
    public record Stamp(String database, Instant now) {}

    /**
     * Writes a calendar, one event at a time.
     *
     * @param days of one person
     * @throws IOException if the stream takes no more
     */
    public static void write(OutputStream out, Iterator<PersonDay> days, Words words, Stamp stamp) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        new CalendarFile(writer, words, stamp).write(days);
        writer.flush();
    }

    private void write(Iterator<PersonDay> days) throws IOException {
        line("BEGIN:VCALENDAR");
        line("VERSION:2.0");
        line("PRODID:-//Rollcall//Attendance//EN");
        line("CALSCALE:GREGORIAN");
        while (days.hasNext()) {
            PersonDay day = days.next();
            DaySheet sheet = day.sheet();
            Instant first = sheet.firstIn() == null ? sheet.lastOut() : sheet.firstIn();
            if (first != null) {
                begin(day);
                line("DTSTART:" + TIME.format(first));
                Instant last = sheet.lastOut();
                if (last != null && last.getEpochSecond() > first.getEpochSecond()) {
                    line("DTEND:" + TIME.format(last));
                }
                end(day);
            } else if (sheet.status() == DayStatus.HOLIDAY || sheet.status() == DayStatus.ABSENT) {
                LocalDate date = sheet.plan().date();
                begin(day);
                line("DTSTART;VALUE=DATE:" + DATE.format(date));
                line("DTEND;VALUE=DATE:" + DATE.format(date.plusDays(1)));
                end(day);
            }
        }
        line("END:VCALENDAR");
    }

    private void begin(PersonDay day) throws IOException {
        line("BEGIN:VEVENT");
        line("UID:" + text(day.userId().value()) + "-" + day.sheet().plan().date() + "@" + stamp.database()
                + ".rollcall");
        line("DTSTAMP:" + TIME.format(stamp.now()));
    }

    private void end(PersonDay day) throws IOException {
        line("SUMMARY:" + text(summary(day)));
        DayStatus status = day.sheet().status();
        if (status != null) {
            line("CATEGORIES:" + status.name());
        }
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }

    private String summary(PersonDay day) {
        DaySheet sheet = day.sheet();
        Hours hours = sheet.hours();
        String holiday = sheet.plan().holiday();
        String said = hours != null
                ? Clocks.hours(hours.worked()) + " h"
                : holiday != null && sheet.status() != DayStatus.INCOMPLETE ? holiday : status(sheet.status());
        return said.isEmpty() ? day.name() : day.name() + ": " + said;
    }

    private String status(@Nullable DayStatus status) {
        return status == null ? "" : words.of("status." + Columns.word(status));
    }

    /** A text with what has a meaning in calendars escaped, without control characters. */
    static String text(String value) {
        StringBuilder text = new StringBuilder();
        value.codePoints().forEach(point -> {
            if (point == '\n') {
                text.append("\\n");
            } else if (!Character.isISOControl(point)) {
                if (point == '\\' || point == ';' || point == ',') {
                    text.append('\\');
                }
                text.appendCodePoint(point);
            }
        });
        return text.toString();
    }

    /** Writes a line, with a line end and a space after each {@link #LINE} bytes, between characters. */
    private void line(String content) throws IOException {
        int bytes = 0;
        for (int i = 0; i < content.length(); ) {
            int point = content.codePointAt(i);
            String character = Character.toString(point);
            int more = character.getBytes(StandardCharsets.UTF_8).length;
            if (bytes + more > LINE) {
                out.write("\r\n ");
                bytes = 1;
            }
            out.write(character);
            bytes += more;
            i += character.length();
        }
        out.write("\r\n");
    }
}
