package dev.rollcall.http.wire;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields that the calls with pictures have beside {@code image} and {@code images}. */
public enum FaceFields {
    ENROLL,
    RECOGNIZE,
    IDENTIFY,
    NONE;

    /** Their names in a form; in JSON those of a position are within the field {@code position}. */
    public Set<String> names() {
        return switch (this) {
            case ENROLL -> Set.of("user_id", "name", "replace", "consent_at");
            case RECOGNIZE -> withPosition("user_id", "badge", "direction", "captured_at", "challenge_token");
            case IDENTIFY -> withPosition("mark", "direction", "captured_at", "challenge_token");
            case NONE -> Set.of();
        };
    }

    private static Set<String> withPosition(String... names) {
        return Stream.concat(Arrays.stream(names), PositionFields.NUMBERS.stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
