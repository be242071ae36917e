package dev.rollcall.schedule;

import dev.rollcall.people.PersonName;
import dev.rollcall.schedule.HolidayStore.NewHoliday;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The holidays in a calendar file. Read are events of whole days, once or yearly; others are reported and left out. An event of several
 * days is a holiday for each of them.
 *
 * <p>Source: RFC 5545 (iCalendar), 3.1 for lines, 3.3.6 for durations, 3.3.11 for texts, 3.6.1 for events.
 *
 * @param holidays each once, in the order of the file
 * @param skipped events that are no holidays
 */
public record HolidayFile(List<NewHoliday> holidays, List<Skipped> skipped) {

    /** Most bytes of a file. */
    public static final int MAX_BYTES = 262_144;

    /** Most days of one event. */
    static final int MOST_DAYS = 31;

    /** What goes beyond it is left out: the site would refuse all of them. */
    private static final int MOST = HolidayStore.MOST_OF_A_SITE;

    private static final int MOST_REPORTED = 100;
    private static final int WEEK = 7;

    /** The day after the last one that other calls, and archives, take as a date. */
    private static final LocalDate END = LocalDate.of(3000, 1, 1);

    private static final Pattern DURATION = Pattern.compile("\\+?P(?:(\\d{1,4})D|(\\d{1,4})W)");
    private static final Pattern DATE = Pattern.compile("[12]\\d{7}");
    private static final Pattern PLAIN_PART =
            Pattern.compile("INTERVAL=1|WKST=[A-Z]{2}|BYMONTH=\\d{1,2}|BYMONTHDAY=\\d{1,2}");

    public HolidayFile {
        holidays = List.copyOf(holidays);
        skipped = List.copyOf(skipped);
    }

    /** Why an event is no holiday. */
    public enum Reason {
        /** It begins at a time of day. */
        NOT_A_WHOLE_DAY,
        /**
         * It has no start, or one that is no date; or a duration that is none of whole days; or it ends before it starts or after the year
         * 2999, or lasts longer than {@value #MOST_DAYS} days.
         */
        NO_DATE,
        /** It has no name. */
        NO_NAME,
        /** It is repeated otherwise than each year on the same date. */
        REPEATED,
        /** It is cancelled. */
        CANCELLED
    }

    /**
     * An event that is no holiday.
     *
     * @param line the number of the line where it begins, from 1
     * @param name its name, or an empty text
     */
    public record Skipped(int line, String name, Reason reason) {}

    /** Reads a file; empty if it is no calendar. */
    public static Optional<HolidayFile> parse(String text) {
        List<Line> lines = lines(text);
        if (lines.isEmpty() || !lines.get(0).text().equalsIgnoreCase("BEGIN:VCALENDAR")) {
            return Optional.empty();
        }
        Set<NewHoliday> holidays = new LinkedHashSet<>();
        List<Skipped> skipped = new ArrayList<>();
        Event event = null;
        int inner = 0;
        for (Line line : lines) {
            String upper = line.text().toUpperCase(Locale.ROOT);
            if (event == null) {
                event = upper.equals("BEGIN:VEVENT") ? new Event(line.number(), new HashMap<>()) : null;
            } else if (upper.startsWith("BEGIN:")) {
                inner++;
            } else if (upper.startsWith("END:") && inner > 0) {
                inner--;
            } else if (upper.equals("END:VEVENT")) {
                event.addTo(holidays, skipped);
                event = null;
            } else if (inner == 0) {
                event.read(line.text());
            }
        }
        return Optional.of(
                new HolidayFile(List.copyOf(holidays), skipped.subList(0, Math.min(MOST_REPORTED, skipped.size()))));
    }

    private record Line(int number, String text) {}

    /** The lines, with those that go on after a blank put together. */
    private static List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        StringBuilder unfolded = new StringBuilder();
        int number = 0;
        int start = 1;
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        for (String line : withoutMark.split("\r\n|\n|\r", -1)) {
            number++;
            boolean goesOn = line.startsWith(" ") || line.startsWith("\t");
            if (!goesOn) {
                add(lines, start, unfolded);
                start = number;
            }
            unfolded.append(goesOn ? line.substring(1) : line);
        }
        add(lines, start, unfolded);
        return lines;
    }

    private static void add(List<Line> lines, int number, StringBuilder text) {
        if (!text.isEmpty()) {
            lines.add(new Line(number, text.toString().stripTrailing()));
            text.setLength(0);
        }
    }

    /** An event while it is read: its properties by their names without parameters. */
    private record Event(int line, Map<String, String> properties) {

        private static final Set<String> KNOWN = Set.of(
                "SUMMARY", "DTSTART", "DTEND", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS", "DURATION");

        void read(String text) {
            int colon = valueStart(text);
            if (colon < 0) {
                return;
            }
            String[] parameters =
                    text.substring(0, colon).toUpperCase(Locale.ROOT).split(";", -1);
            if (KNOWN.contains(parameters[0])) {
                properties.putIfAbsent(parameters[0], text.substring(colon + 1));
            }
        }

        /** The place of the colon before the value: the first one outside of quotation marks. */
        private static int valueStart(String text) {
            boolean quoted = false;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                quoted ^= c == '"';
                if (c == ':' && !quoted) {
                    return i;
                }
            }
            return -1;
        }

        void addTo(Set<NewHoliday> holidays, List<Skipped> skipped) {
            String name = name();
            Optional<Reason> problem = problem(name);
            if (problem.isPresent()) {
                skipped.add(new Skipped(line, name, problem.get()));
                return;
            }
            LocalDate start = date("DTSTART").orElseThrow();
            LocalDate end = end(start);
            boolean yearly = properties.containsKey("RRULE");
            for (LocalDate day = start; day.isBefore(end) && holidays.size() <= MOST; day = day.plusDays(1)) {
                holidays.add(new NewHoliday(day, name, yearly));
            }
        }

        private Optional<Reason> problem(String name) {
            String start = properties.getOrDefault("DTSTART", "");
            if ("CANCELLED".equalsIgnoreCase(properties.get("STATUS"))) {
                return Optional.of(Reason.CANCELLED);
            }
            if (start.indexOf('T') > 0) {
                return Optional.of(Reason.NOT_A_WHOLE_DAY);
            }
            Optional<LocalDate> day = date("DTSTART");
            if (day.isEmpty() || !hasEnd(day.get())) {
                return Optional.of(Reason.NO_DATE);
            }
            if (name.isEmpty()) {
                return Optional.of(Reason.NO_NAME);
            }
            return isOnceOrYearly(day.get()) ? Optional.empty() : Optional.of(Reason.REPEATED);
        }

        private boolean hasEnd(LocalDate start) {
            if ((properties.containsKey("DTEND") && date("DTEND").isEmpty())
                    || (properties.containsKey("DURATION") && days().isEmpty())) {
                return false;
            }
            LocalDate end = end(start);
            return end.isAfter(start) && !end.isAfter(start.plusDays(MOST_DAYS)) && !end.isAfter(END);
        }

        /** The day after the last one. An event that ends on the day on which it starts lasts that day, as many programs mean it. */
        private LocalDate end(LocalDate start) {
            LocalDate end = date("DTEND").or(() -> days().map(start::plusDays)).orElse(start);
            return end.equals(start) ? start.plusDays(1) : end;
        }

        /** The duration in days; empty if there is none, or it isn't one of whole days or weeks. */
        private Optional<Long> days() {
            Matcher duration = DURATION.matcher(
                    properties.getOrDefault("DURATION", "").strip().toUpperCase(Locale.ROOT));
            if (!duration.matches()) {
                return Optional.empty();
            }
            return Optional.of(
                    duration.group(1) == null
                            ? WEEK * Long.parseLong(duration.group(2))
                            : Long.parseLong(duration.group(1)));
        }

        private boolean isOnceOrYearly(LocalDate start) {
            if (properties.containsKey("RDATE")
                    || properties.containsKey("EXDATE")
                    || properties.containsKey("RECURRENCE-ID")) {
                return false;
            }
            String rule = properties.get("RRULE");
            return rule == null || isPlainYearly(rule.strip().toUpperCase(Locale.ROOT), start);
        }

        /** Whether a rule is that of each year on the same date. Its parts are looked at one by one, since it may have thousands. */
        private static boolean isPlainYearly(String rule, LocalDate start) {
            List<String> parts = List.of(rule.split(";", -1));
            return parts.get(0).equals("FREQ=YEARLY")
                    && parts.stream()
                            .skip(1)
                            .allMatch(part -> PLAIN_PART.matcher(part).matches() && isOn(part, start));
        }

        /** Whether the month or the day that a part names, if it names one, is that of the start. */
        private static boolean isOn(String part, LocalDate start) {
            String value = part.substring(part.indexOf('=') + 1);
            return !(part.startsWith("BYMONTH=") && Integer.parseInt(value) != start.getMonthValue())
                    && !(part.startsWith("BYMONTHDAY=") && Integer.parseInt(value) != start.getDayOfMonth());
        }

        private Optional<LocalDate> date(String property) {
            String text = properties.getOrDefault(property, "").strip();
            try {
                return DATE.matcher(text).matches()
                        ? Optional.of(LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE))
                        : Optional.empty();
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }

        /** The name without escapes and what names don't have, cut to what is stored; empty if there is none. */
        private String name() {
            return PersonName.cleaned(properties
                            .getOrDefault("SUMMARY", "")
                            .replaceAll("\\\\[nN]", " ")
                            .replaceAll("\\\\([\\\\;,])", "$1"))
                    .map(PersonName::value)
                    .orElse("");
        }
    }
}
