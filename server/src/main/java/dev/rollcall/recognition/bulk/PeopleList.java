package dev.rollcall.recognition.bulk;

import dev.rollcall.people.EnrollmentStore.Identity;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A list of people in CSV: the columns user_id or name, and optionally group, external_id, consent_at and file, in any order and
 * case, separated by commas, semicolons or tabs, in the encodings of {@link TextDecoding}. Other columns are ignored.
 *
 * @param people the valid lines
 * @param problems the others, as results whose file is {@code line N}
 */
record PeopleList(List<Line> people, List<FileResult> problems) {

    /** Most bytes of a list. */
    static final int MAX_BYTES = 4_000_000;

    /** Most lines that are not valid: with more of them it is no list of people. */
    static final int MAX_PROBLEMS = 10_000;

    /** Most people of a list, and most files that all its lines name. */
    static final int MAX_ENTRIES = EnrollmentPlan.MAX_FILES;

    private static final Set<String> COLUMNS =
            Set.of("user_id", "name", "group", "external_id", "consent_at", "file", "files");

    PeopleList {
        people = List.copyOf(people);
        problems = List.copyOf(problems);
    }

    /**
     * A line.
     *
     * @param number of the line's first row of text, from 1
     * @param files as written, or none if the person's files are found by the user id
     */
    record Line(
            long number,
            Identity identity,
            @Nullable String group,
            @Nullable String externalId,
            List<String> files) {

        Line {
            files = List.copyOf(files);
        }
    }

    /**
     * Reads a list.
     *
     * @param zone the time zone of dates of consent without a time
     * @throws ListException if it is no such list at all
     */
    static PeopleList parse(byte[] csv, ZoneId zone) throws ListException {
        if (csv.length > MAX_BYTES) {
            throw new ListException("the list of people is larger than %,d bytes".formatted(MAX_BYTES));
        }
        String text = TextDecoding.decode(csv);
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter(text))
                .setIgnoreSurroundingSpaces(true)
                .setIgnoreEmptyLines(true)
                .get();
        try (CSVParser parser = CSVParser.parse(text, format)) {
            return new Reading(zone).read(parser);
        } catch (IOException | UncheckedIOException e) {
            throw new ListException("the list of people can't be read: " + e.getMessage());
        }
    }

    /** The one of comma, semicolon and tab that the first line has most of. */
    private static char delimiter(String text) {
        String first = text.lines().findFirst().orElse("");
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(first, candidate) > count(first, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char character) {
        return text.chars().filter(other -> other == character).count();
    }

    /** The reading of one list. */
    private static final class Reading {

        private final ZoneId zone;
        private final List<Line> people = new ArrayList<>();
        private final List<FileResult> problems = new ArrayList<>();
        private List<String> columns = List.of();
        private int files;

        Reading(ZoneId zone) {
            this.zone = zone;
        }

        PeopleList read(CSVParser parser) throws ListException {
            long line = 1;
            for (CSVRecord row : parser) {
                if (columns.isEmpty()) {
                    readColumns(row);
                } else {
                    readLine(line, row);
                }
                line = parser.getCurrentLineNumber() + 1;
            }
            if (columns.isEmpty()) {
                throw new ListException("the list of people is empty");
            }
            return new PeopleList(people, problems);
        }

        private void readColumns(CSVRecord row) throws ListException {
            columns = row.stream()
                    .map(name -> name.strip().toLowerCase(Locale.ROOT).replace(' ', '_'))
                    .toList();
            if (!columns.contains("user_id") && !columns.contains("name")) {
                throw new ListException(
                        "the first line of the list of people must name its columns, one of them user_id or name");
            }
            for (String column : COLUMNS) {
                if (columns.indexOf(column) != columns.lastIndexOf(column)) {
                    throw new ListException("the list of people has two columns " + column);
                }
            }
        }

        private void readLine(long line, CSVRecord row) throws ListException {
            try {
                people.add(line(line, row));
                if (people.size() > MAX_ENTRIES) {
                    throw new ListException("the list of people has more than %,d lines".formatted(MAX_ENTRIES));
                }
            } catch (LineException e) {
                if (problems.size() == MAX_PROBLEMS) {
                    throw new ListException(
                            "the list of people has more than %,d lines that are not valid; the last one: %s"
                                    .formatted(MAX_PROBLEMS, e.getMessage()));
                }
                problems.add(FileResult.refused("line " + line, null, FileProblem.LINE_INVALID, e.getMessage() + "."));
            }
        }

        private Line line(long number, CSVRecord row) throws LineException, ListException {
            if (row.size() > columns.size()) {
                throw new LineException("The line has %d values for %d columns".formatted(row.size(), columns.size()));
            }
            String name = value(row, "name");
            String id = value(row, "user_id");
            if (id.isEmpty() && name.isEmpty()) {
                throw new LineException("The line has neither user_id nor name");
            }
            UserId userId = id.isEmpty()
                    ? NamedPeople.userId(name)
                    : UserId.parse(id)
                            .orElseThrow(() -> new LineException(
                                    "user_id must be " + UserId.RULE + ", and more than one or two dots"));
            Identity identity =
                    new Identity(userId, name(name.isEmpty() ? userId.value() : name, "name"), consent(row));
            return new Line(number, identity, optional(row, "group"), optional(row, "external_id"), files(row));
        }

        private String value(CSVRecord row, String column) {
            int index = columns.indexOf(column);
            return index < 0 || index >= row.size() ? "" : row.get(index).strip();
        }

        private @Nullable String optional(CSVRecord row, String column) throws LineException {
            String value = value(row, column);
            return value.isEmpty() ? null : name(value, column).value();
        }

        private static PersonName name(String value, String column) throws LineException {
            Optional<PersonName> name = PersonName.parse(value);
            if (name.isEmpty()) {
                throw new LineException(
                        "%s must be 1 to %d visible characters on one line".formatted(column, PersonName.MAX_LENGTH));
            }
            return name.get();
        }

        private @Nullable Instant consent(CSVRecord row) throws LineException {
            String text = value(row, "consent_at");
            if (text.isEmpty()) {
                return null;
            }
            try {
                return text.length() > "2026-01-31".length()
                        ? OffsetDateTime.parse(text).toInstant()
                        : LocalDate.parse(text).atStartOfDay(zone).toInstant();
            } catch (DateTimeException e) {
                throw new LineException(
                        "consent_at must be a date like 2026-01-31 or an instant like 2026-01-31T08:00:00Z");
            }
        }

        /** Paths of the columns file and files, several of them separated by {@code |}. */
        private List<String> files(CSVRecord row) throws ListException {
            for (String column : List.of("file", "files")) {
                String value = value(row, column);
                files += value.isEmpty() ? 0 : 1 + (int) count(value, '|');
            }
            if (files > MAX_ENTRIES) {
                throw new ListException("the list of people names more than %,d files".formatted(MAX_ENTRIES));
            }
            return Stream.of("file", "files")
                    .flatMap(column -> Arrays.stream(value(row, column).split("\\|", -1)))
                    .map(String::strip)
                    .filter(file -> !file.isEmpty())
                    .distinct()
                    .toList();
        }
    }

    /** A line that is not valid. */
    private static final class LineException extends Exception {

        private static final long serialVersionUID = 1L;

        LineException(String message) {
            super(message, null, false, false);
        }
    }
}
