package dev.rollcall.keys;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a device says of the version of its program, with each request: 1 to 64 printable characters of ASCII. */
public final class DeviceVersion {

    private static final Pattern VALID = Pattern.compile("[ -~]{1,64}");

    private DeviceVersion() {}

    /** The version in a header's value, without white space at its ends, or null if there is none or it is not valid. */
    public static @Nullable String parse(@Nullable String header) {
        String version = header == null ? "" : header.strip();
        return VALID.matcher(version).matches() ? version : null;
    }
}
