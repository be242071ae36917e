package dev.rollcall.recognition.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.digest.Sha256;
import dev.rollcall.recognition.bulk.FileResult.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The report of a bulk enrollment in a file: a line for each result, CSV, or JSON if its name ends in .jsonl. Each line is written
 * at once; a line that a killed process left incomplete is removed when the report is opened again. Safe for use by several
 * threads.
 */
public final class EnrollmentReport implements Ledger.Closing {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CSVFormat CSV =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();
    private static final List<String> COLUMNS = List.of("file", "user_id", "status", "code", "detail", "sha256");
    private static final String HEAD = String.join(",", COLUMNS) + "\n";

    /** How many bytes at the beginning tell whether a file is a report: the columns' names, a byte order mark and a line's end. */
    public static final int HEAD_SAMPLE = HEAD.length() + 4;

    /** Most bytes of a line: all values, at most three bytes for each of their characters as written, and 180 bytes around. */
    private static final int MAX_LINE = 16_384;

    private static final int MAX_FILE_LENGTH = 4000;
    private static final int MAX_LENGTH = 400;
    private static final String JSON_START = "{\"file\":\"";
    private static final String FORMULA_STARTS = "=+-@";

    private final FileChannel channel;
    private final boolean isJson;
    private final boolean retryRefused;

    /** The result of each finished file, by the first 16 bytes of the digest of its path, person and content. */
    private final Map<Key, Status> done = new HashMap<>();

    /** The digests of the path, person and code of each line without a digest, which isn't written again. */
    private final Set<Key> noted = new HashSet<>();

    private record Key(long first, long second) {}

    private EnrollmentReport(FileChannel channel, boolean isJson, boolean retryRefused) {
        this.channel = channel;
        this.isJson = isJson;
        this.retryRefused = retryRefused;
    }

    /**
     * Opens a report, or creates it, readable by its owner only.
     *
     * @param retryRefused whether refused files count as not done
     * @throws ListException if it is no report, or another run writes it
     */
    public static EnrollmentReport open(Path file, boolean retryRefused) throws IOException, ListException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileChannel channel = FileChannel.open(file, options, attributes(file));
        boolean isOpen = false;
        try {
            if (channel.tryLock() == null) {
                throw new ListException("another enrollment is writing " + file);
            }
            boolean isJson = file.toString().toLowerCase(Locale.ROOT).endsWith(".jsonl");
            EnrollmentReport report = new EnrollmentReport(channel, isJson, retryRefused);
            report.readAll(file);
            isOpen = true;
            return report;
        } finally {
            if (!isOpen) {
                channel.close();
            }
        }
    }

    /** Whether a file begins like a report. */
    static boolean isReport(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return isReport(in.readNBytes(HEAD_SAMPLE));
        }
    }

    /**
     * Whether a file that begins like this is a report in CSV, also one that a spreadsheet has saved.
     *
     * @param beginning the first {@link #HEAD_SAMPLE} bytes, or all if there are fewer
     */
    public static boolean isReport(byte[] beginning) {
        return TextDecoding.decode(beginning)
                .lines()
                .findFirst()
                .filter(first -> first.equals(HEAD.strip()))
                .isPresent();
    }

    private static FileAttribute<?>[] attributes(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Reads the lines that are there, and leaves the channel behind the last complete one. */
    private void readAll(Path file) throws IOException, ListException {
        long complete = 0;
        // The channel must stay open, and so must this stream over it.
        InputStream in = Channels.newInputStream(channel);
        byte[] buffer = new byte[MAX_LINE];
        ByteBuffer line = ByteBuffer.allocate(MAX_LINE);
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            for (int i = 0; i < read; i++) {
                if (!line.hasRemaining()) {
                    throw noReport(file);
                }
                line.put(buffer[i]);
                if (buffer[i] == '\n') {
                    String text = new String(line.array(), 0, line.position(), StandardCharsets.UTF_8);
                    readLine(file, text, complete == 0);
                    complete += line.position();
                    line.clear();
                }
            }
        }
        String rest = new String(line.array(), 0, line.position(), StandardCharsets.UTF_8);
        if (complete == 0 && !(isJson ? isBeginningOfJsonLine(rest) : HEAD.startsWith(rest))) {
            throw noReport(file);
        }
        channel.truncate(complete).position(complete);
        if (complete == 0 && !isJson) {
            write(HEAD);
        }
    }

    private void readLine(Path file, String line, boolean isFirst) throws ListException {
        try {
            if (!isJson && isFirst) {
                if (!line.equals(HEAD)) {
                    throw noReport(file);
                }
                return;
            }
            List<String> values = isJson ? jsonValues(line) : csvValues(line);
            Status status = Status.valueOf(values.get(2).toUpperCase(Locale.ROOT));
            boolean isFinal = status == Status.ENROLLED
                    || status == Status.ALREADY_ENROLLED
                    || (status == Status.REFUSED
                            && !retryRefused
                            && !values.get(5).isEmpty());
            if (values.get(5).isEmpty()) {
                noted.add(key(values.get(0), values.get(1), values.get(3)));
            } else if (isFinal) {
                done.put(key(values.get(0), values.get(1), values.get(5)), status);
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw noReport(file);
        }
    }

    private static ListException noReport(Path file) {
        return new ListException(file + " is no report of an enrollment: choose another file by --report");
    }

    /** Whether a text without an end of line is what a killed process may have left of the first line. */
    private static boolean isBeginningOfJsonLine(String text) {
        if (!text.startsWith(JSON_START)) {
            return JSON_START.startsWith(text);
        }
        // Jackson tells an end behind a comma from other errors by the message alone.
        String parsed = text.endsWith(",") ? text.substring(0, text.length() - 1) : text;
        try {
            List<String> names = new ArrayList<>();
            JSON.readTree(parsed).fieldNames().forEachRemaining(names::add);
            return names.equals(COLUMNS);
        } catch (JsonEOFException e) {
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static List<String> csvValues(String line) throws IOException {
        try (CSVParser parser = CSVParser.parse(new StringReader(line), CSV)) {
            List<CSVRecord> records = parser.getRecords();
            return records.get(0).toList();
        }
    }

    private static List<String> jsonValues(String line) throws JsonProcessingException {
        JsonNode row = JSON.readTree(line);
        return COLUMNS.stream().map(column -> row.path(column).asText("")).toList();
    }

    @Override
    public synchronized Optional<Status> earlier(String file, String userId, byte[] picture) {
        return done.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(
                        done.get(key(cell(file, MAX_FILE_LENGTH), cell(userId, MAX_LENGTH), Sha256.hex(picture))));
    }

    @Override
    public synchronized void add(FileResult result, byte[] picture) throws IOException {
        List<String> values = new ArrayList<>();
        values.add(cell(result.file(), MAX_FILE_LENGTH));
        values.add(cell(result.userId(), MAX_LENGTH));
        if (picture.length == 0 && !noted.add(key(values.get(0), values.get(1), cell(result.code(), MAX_LENGTH)))) {
            return;
        }
        values.add(result.status().name().toLowerCase(Locale.ROOT));
        values.add(cell(result.code(), MAX_LENGTH));
        values.add(cell(result.detail(), MAX_LENGTH));
        values.add(picture.length == 0 ? "" : Sha256.hex(picture));
        write(isJson ? json(values) : CSV.format(values.toArray()) + "\n");
    }

    private static String json(List<String> values) throws JsonProcessingException {
        ObjectNode row = JSON.createObjectNode();
        for (int i = 0; i < values.size(); i++) {
            row.put(COLUMNS.get(i), values.get(i));
        }
        return JSON.writeValueAsString(row) + "\n";
    }

    private void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * A value on one line: control characters become {@code \}{@code uXXXX}. What spreadsheets would take for a formula gets an
     * apostrophe in front of it. The end of a value that is too long becomes an ellipsis.
     */
    private String cell(@Nullable String value, int maxLength) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        StringBuilder cell = new StringBuilder();
        if (!isJson && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0) {
            cell.append('\'');
        }
        value.chars().forEach(character -> {
            if (Character.isISOControl(character)) {
                cell.append("\\u%04x".formatted(character));
            } else {
                cell.append((char) character);
            }
        });
        if (cell.length() > maxLength) {
            int end = maxLength - 1;
            cell.setLength(Character.isHighSurrogate(cell.charAt(end - 1)) ? end - 1 : end);
            cell.append('…');
        }
        return cell.toString();
    }

    private static Key key(String file, String userId, String digest) {
        ByteBuffer hash = ByteBuffer.wrap(
                Sha256.start().digest((file + "\0" + userId + "\0" + digest).getBytes(StandardCharsets.UTF_8)));
        return new Key(hash.getLong(), hash.getLong());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
