package dev.rollcall.archive;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Lines of bytes of a gzip file, each of at most {@value #MAX_LINE} bytes, whatever the file claims. Not safe for use by
 * several threads.
 */
final class LineReader implements AutoCloseable {

    /** A person with a hundred templates, the most of one model, has 220 kB; this is four times as many. */
    static final int MAX_LINE = 1_000_000;

    private static final int BUFFER = 8192;

    private final InputStream file;
    private final GZIPInputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int filled;

    /**
     * Opens a file.
     *
     * @throws ArchiveException if it is no gzip file
     */
    LineReader(Path path) throws IOException, ArchiveException {
        file = Files.newInputStream(path);
        try {
            in = new GZIPInputStream(file, BUFFER);
        } catch (ZipException | EOFException e) {
            file.close();
            throw new ArchiveException(path + " is not a Rollcall export");
        }
    }

    /**
     * The next line without its line feed, or null behind the last.
     *
     * @throws ArchiveException if the file is damaged, ends within a line, or the line is too long
     */
    byte @Nullable [] next() throws IOException, ArchiveException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (available()) {
            int start = position;
            while (position < filled && buffer[position] != '\n') {
                position++;
            }
            if (line.size() + position - start > MAX_LINE) {
                throw new ArchiveException("the export is damaged: a line has more than " + MAX_LINE + " bytes");
            }
            line.write(buffer, start, position - start);
            if (position < filled) {
                position++;
                return line.toByteArray();
            }
        }
        if (line.size() > 0) {
            throw new ArchiveException("the export is incomplete: it was cut off");
        }
        return null;
    }

    private boolean available() throws IOException, ArchiveException {
        if (position < filled) {
            return true;
        }
        try {
            position = 0;
            filled = in.read(buffer);
            return filled > 0;
        } catch (EOFException e) {
            throw new ArchiveException("the export is incomplete: it was cut off");
        } catch (ZipException e) {
            throw new ArchiveException("the export is damaged: " + e.getMessage());
        }
    }

    /**
     * A line as text.
     *
     * @throws ArchiveException if it is no UTF-8
     */
    static String text(byte[] line) throws ArchiveException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ArchiveException("the export is damaged: a line is no text in UTF-8");
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
