package dev.rollcall.archive;

import dev.rollcall.archive.ArchiveFormat.End;
import dev.rollcall.archive.ArchiveFormat.Header;
import dev.rollcall.archive.ArchiveFormat.Line;
import dev.rollcall.archive.ArchiveStore.Row;
import dev.rollcall.digest.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads an archive row by row, and checks each on the way. Not safe for use by several threads. */
final class ArchiveReader implements AutoCloseable {

    private final LineReader lines;
    private final MessageDigest digest = Sha256.start();
    private final RowCheck check;
    private long rows;
    private @Nullable End end;

    /**
     * Opens an archive.
     *
     * @throws ArchiveException if the file is none, or newer than the limits' schema
     */
    ArchiveReader(Path file, RowCheck.Limits limits) throws IOException, ArchiveException {
        lines = new LineReader(file);
        try {
            readHeader(file, limits.schema());
            check = new RowCheck(limits);
        } catch (IOException | ArchiveException e) {
            lines.close();
            throw e;
        }
    }

    private void readHeader(Path file, int schema) throws IOException, ArchiveException {
        byte[] first = lines.next();
        Optional<Header> read = first == null ? Optional.empty() : ArchiveFormat.readHeader(LineReader.text(first));
        Header known = read.filter(one -> one.version() >= 1 && one.schema() >= 1)
                .orElseThrow(() -> new ArchiveException(file + " is not a Rollcall export"));
        if (known.version() > ArchiveFormat.VERSION || known.schema() > schema) {
            throw new ArchiveException("the export comes from a newer Rollcall: format " + known.version() + ", schema "
                    + known.schema() + "; this one knows format " + ArchiveFormat.VERSION + ", schema " + schema);
        }
        digest(first == null ? new byte[0] : first);
    }

    /**
     * Reads a file to its end without doing anything with it.
     *
     * @throws ArchiveException if the file is damaged, incomplete, newer than the limits' schema, or has a row that can't be
     */
    static End checked(Path file, RowCheck.Limits limits) throws IOException, ArchiveException {
        try (ArchiveReader reader = new ArchiveReader(file, limits)) {
            while (true) {
                if (reader.next() == null) {
                    return reader.checkedEnd();
                }
            }
        }
    }

    /**
     * The end, after {@link #next} has returned null.
     *
     * @throws ArchiveException if there is none, or it doesn't fit what was read
     */
    End checkedEnd() throws ArchiveException {
        End written = end;
        if (written == null) {
            throw new ArchiveException("the export is incomplete: it has no end");
        }
        if (written.rows() != rows || !written.sha256().equals(HexFormat.of().formatHex(digest.digest()))) {
            throw new ArchiveException("the export is damaged: its checksum doesn't agree");
        }
        return written;
    }

    /** The next row, or null behind the last. */
    @Nullable
    Row next() throws IOException, ArchiveException {
        byte[] bytes = lines.next();
        if (bytes == null) {
            return null;
        }
        String text = LineReader.text(bytes);
        Optional<Line> line = ArchiveFormat.readLine(text);
        if (line.isPresent()) {
            digest(bytes);
            rows++;
            return check.checked(line.get(), rows + 1);
        }
        end = ArchiveFormat.readEnd(text)
                .orElseThrow(() -> new ArchiveException("the export is damaged at row " + (rows + 1)));
        if (lines.next() != null) {
            throw new ArchiveException("the export is damaged: something follows its end");
        }
        return null;
    }

    private void digest(byte[] line) {
        digest.update(line);
        digest.update((byte) '\n');
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
