package dev.rollcall.archive;

import dev.rollcall.archive.ArchiveFormat.End;
import dev.rollcall.archive.ArchiveFormat.Header;
import dev.rollcall.digest.Sha256;
import dev.rollcall.usecase.ArchiveStore.Row;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads an archive row by row, and checks it on the way. */
final class ArchiveReader implements AutoCloseable {

    /** A person with a hundred templates has 210 kB. */
    private static final int MAX_LINE = 4_000_000;

    private final BufferedReader lines;
    private final MessageDigest digest = Sha256.start();
    private final Header header;
    private long rows;
    private @Nullable End end;

    ArchiveReader(Path file) throws IOException, ArchiveException {
        try {
            lines = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(file)),
                    StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)));
        } catch (ZipException | EOFException e) {
            throw new ArchiveException(file + " is not a Rollcall export");
        }
        String first = line();
        Optional<Header> read = first == null ? Optional.empty() : ArchiveFormat.readHeader(first);
        header = read.orElseThrow(() -> new ArchiveException(file + " is not a Rollcall export"));
        digest(String.valueOf(first));
    }

    /**
     * Reads a file to its end without doing anything with it.
     *
     * @throws ArchiveException if the file is damaged, incomplete, or newer than the given schema
     */
    static End checked(Path file, int schemaVersion) throws IOException, ArchiveException {
        try (ArchiveReader reader = new ArchiveReader(file)) {
            if (reader.header.version() > ArchiveFormat.VERSION || reader.header.schema() > schemaVersion) {
                throw new ArchiveException("the export comes from a newer Rollcall: format " + reader.header.version()
                        + ", schema " + reader.header.schema() + "; this one knows format " + ArchiveFormat.VERSION
                        + ", schema " + schemaVersion);
            }
            while (true) {
                if (reader.next() == null) {
                    return reader.checkedEnd();
                }
            }
        }
    }

    private End checkedEnd() throws ArchiveException {
        End told = end;
        if (told == null) {
            throw new ArchiveException("the export is incomplete: it has no end");
        }
        if (told.rows() != rows || !told.sha256().equals(HexFormat.of().formatHex(digest.digest()))) {
            throw new ArchiveException("the export is damaged: its checksum doesn't agree");
        }
        return told;
    }

    /** The next row, or null behind the last. */
    @Nullable
    Row next() throws IOException, ArchiveException {
        String line = line();
        if (line == null) {
            return null;
        }
        Optional<Row> row = ArchiveFormat.readRow(line);
        if (row.isPresent()) {
            digest(line);
            rows++;
            return row.get();
        }
        end = ArchiveFormat.readEnd(line)
                .orElseThrow(() -> new ArchiveException("the export is damaged at row " + (rows + 1)));
        if (line() != null) {
            throw new ArchiveException("the export is damaged: something follows its end");
        }
        return null;
    }

    private void digest(String line) {
        digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable String line() throws IOException, ArchiveException {
        StringBuilder line = new StringBuilder();
        try {
            for (int next = lines.read(); next >= 0; next = lines.read()) {
                if (next == '\n') {
                    return line.toString();
                }
                if (line.length() == MAX_LINE) {
                    throw new ArchiveException("the export is damaged: a line without end");
                }
                line.append((char) next);
            }
        } catch (EOFException e) {
            throw new ArchiveException("the export is incomplete: it was cut off");
        } catch (ZipException | CharacterCodingException e) {
            throw new ArchiveException("the export is damaged: " + e.getMessage());
        }
        if (!line.isEmpty()) {
            throw new ArchiveException("the export is incomplete: it was cut off");
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
