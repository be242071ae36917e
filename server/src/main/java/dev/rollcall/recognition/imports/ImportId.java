package dev.rollcall.recognition.imports;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of an import.
 *
 * @param value 32 hexadecimal digits
 */
public record ImportId(String value) {

    /** The form of an id. */
    public static final String FORM = "[0-9a-f]{32}";

    private static final Pattern PATTERN = Pattern.compile(FORM);
    private static final int BYTES = 16;

    public ImportId {
        if (!PATTERN.matcher(value).matches()) {
            throw new IllegalArgumentException("no id of an import");
        }
    }

    static ImportId random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new ImportId(HexFormat.of().formatHex(bytes));
    }

    public static Optional<ImportId> parse(String text) {
        return PATTERN.matcher(text).matches() ? Optional.of(new ImportId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
