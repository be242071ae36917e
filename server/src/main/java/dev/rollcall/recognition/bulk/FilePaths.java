package dev.rollcall.recognition.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Paths of files as they are written in zip files and lists, on any operating system. */
public final class FilePaths {

    /** Most characters of a path. */
    public static final int MAX_LENGTH = 512;

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

    private FilePaths() {}

    /**
     * The path with {@code /} between its parts; empty if it is absolute, leads out of its folder, has control characters or is
     * too long.
     */
    public static Optional<String> normalized(String written) {
        String path = written.replace('\\', '/');
        boolean isHostile = path.startsWith("/")
                || DRIVE.matcher(path).matches()
                || path.length() > MAX_LENGTH
                || path.codePoints().anyMatch(FilePaths::isUnprintable);
        if (isHostile) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                return Optional.empty();
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("/", parts));
    }

    private static boolean isUnprintable(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE
                || point == 0xfffd;
    }
}
