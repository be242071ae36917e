package dev.rollcall.config.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The file {@code .env}: settings, one a line, in the form that {@link EnvFileParser} reads. */
final class EnvFile {

    private static final int MOST_BYTES = 1_000_000;

    private EnvFile() {}

    /**
     * The content of the file.
     *
     * @param entries value by name
     * @param problems why it can't be read, completely or in part, one sentence each
     */
    record Content(Map<String, String> entries, List<String> problems) {

        Content {
            entries = Map.copyOf(entries);
            problems = List.copyOf(problems);
        }

        private static Content unreadable(Path file, String reason) {
            return new Content(Map.of(), List.of(file + " can't be read: " + reason));
        }
    }

    /** Reads a file; a missing file is empty. */
    static Content read(Path file) {
        if (Files.isDirectory(file)) {
            return Content.unreadable(file, "it is a folder");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                return Content.unreadable(file, "it has more than " + MOST_BYTES + " bytes");
            }
            return parsed(file, decoded(bytes));
        } catch (NoSuchFileException e) {
            return new Content(Map.of(), List.of());
        } catch (AccessDeniedException e) {
            return Content.unreadable(file, "this account may not read it");
        } catch (CharacterCodingException e) {
            return Content.unreadable(file, "it is not text in UTF-8");
        } catch (IOException e) {
            return Content.unreadable(file, String.valueOf(e.getMessage()));
        }
    }

    private static String decoded(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static Content parsed(Path file, String text) {
        if (!isValidForQuarkus(text)) {
            return Content.unreadable(file, "it has \\u in it; write \\\\u, in double quotes");
        }
        Map<String, String> entries = new HashMap<>();
        try {
            new EnvFileParser(text).readInto(entries);
            return new Content(entries, List.of());
        } catch (EnvFileParser.WrongLineException e) {
            return new Content(entries, List.of("%s, line %d: %s".formatted(file, e.line(), e.getMessage())));
        }
    }

    /** Quarkus also reads the file, as Java properties, and fails on a malformed Unicode escape. */
    private static boolean isValidForQuarkus(String text) {
        try {
            new Properties().load(new StringReader(text));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        } catch (IOException e) {
            throw new IllegalStateException("a string can't fail", e);
        }
    }
}
