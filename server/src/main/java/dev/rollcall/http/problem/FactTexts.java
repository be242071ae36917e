package dev.rollcall.http.problem;

import java.text.NumberFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The facts of refusals as parts of sentences: times of the day at the site, sizes, numbers, texts. */
final class FactTexts {

    /** The time zone of a refusal's instants, such as {@code Europe/Madrid}. */
    private static final String TIME_ZONE = "time_zone";

    private static final int KILO = 1_000;
    private static final int MEGA = 1_000_000;

    private FactTexts() {}

    /**
     * The text of a fact. A time that must be reached is rounded up to the minute.
     *
     * @param facts the refusal's facts, among them {@code time_zone}, without which instants have no text
     */
    static Optional<String> text(String fact, Map<String, Object> facts, Locale language) {
        Object value = facts.get(fact);
        if (value == null) {
            return Optional.empty();
        }
        return switch (fact) {
            case "next_allowed_at" -> nextTime(value, facts, language);
            case "marks" -> lastMark(value, facts).map(time -> text(time.toLocalTime(), language));
            case "max_bytes" ->
                value instanceof Number bytes ? Optional.of(size(bytes.longValue(), language)) : Optional.empty();
            default -> Optional.of(value instanceof Number number ? number(language, number) : value.toString());
        };
    }

    /** The time of day of an instant, with the date if that is another one than the last mark's. */
    private static Optional<String> nextTime(Object instant, Map<String, Object> facts, Locale language) {
        Optional<LocalDate> last = facts.get("last_mark") instanceof Map<?, ?> mark
                ? lastMark(List.of(mark), facts).map(LocalDateTime::toLocalDate)
                : Optional.empty();
        return localTime(instant, facts)
                .map(time -> time.equals(time.truncatedTo(ChronoUnit.MINUTES)) ? time : time.plusMinutes(1))
                .map(time -> last.map(time.toLocalDate()::equals).orElse(true)
                        ? text(time.toLocalTime(), language)
                        : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                                .withLocale(language)
                                .format(time));
    }

    private static Optional<LocalDateTime> lastMark(Object marks, Map<String, Object> facts) {
        return marks instanceof Collection<?> all
                ? all.stream()
                        .map(mark -> mark instanceof Map<?, ?> members ? members.get("marked_at") : null)
                        .filter(Objects::nonNull)
                        .map(Object::toString)
                        .max(Comparator.comparing(FactTexts::instantOrLeast))
                        .flatMap(last -> localTime(last, facts))
                : Optional.empty();
    }

    private static Instant instantOrLeast(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.MIN;
        }
    }

    private static Optional<LocalDateTime> localTime(Object instant, Map<String, Object> facts) {
        try {
            ZoneId zone = ZoneId.of(facts.getOrDefault(TIME_ZONE, "").toString());
            return Optional.of(LocalDateTime.ofInstant(Instant.parse(instant.toString()), zone));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String text(LocalTime time, Locale language) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(language)
                .format(time);
    }

    /** A size in megabytes, or in kilobytes below one, rounded down. */
    private static String size(long bytes, Locale language) {
        return bytes >= MEGA
                ? number(language, bytes / MEGA) + " MB"
                : number(language, Math.max(1, bytes / KILO)) + " kB";
    }

    private static String number(Locale language, Number number) {
        return NumberFormat.getInstance(language).format(number);
    }
}
