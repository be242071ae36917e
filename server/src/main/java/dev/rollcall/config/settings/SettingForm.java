package dev.rollcall.config.settings;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The valid form of a setting's text, from the return type of its method and its {@link Between}.
 *
 * @param type the value's type, without Optional
 * @param range the range of a number, or null for any
 */
record SettingForm(Class<?> type, @Nullable Between range) {

    /** Longest text in a message, in characters. */
    private static final int MAX_SHOWN = 80;

    private static final Set<String> TRUE = Set.of("true", "yes", "y", "on", "1");
    private static final Set<String> FALSE = Set.of("false", "no", "n", "off", "0");

    static SettingForm of(Method setting) {
        Class<?> type = setting.getReturnType();
        if (type == OptionalInt.class) {
            type = int.class;
        } else if (type == Optional.class) {
            Type inner = ((ParameterizedType) setting.getGenericReturnType()).getActualTypeArguments()[0];
            type = (Class<?>) (inner instanceof ParameterizedType list ? list.getRawType() : inner);
        }
        return new SettingForm(type, setting.getAnnotation(Between.class));
    }

    /** The value of a text, or empty if the text is invalid. */
    Optional<Object> parse(String text) {
        try {
            return Optional.ofNullable(value(text));
        } catch (NumberFormatException | DateTimeException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private @Nullable Object value(String text) {
        if (type == String.class) {
            return text;
        }
        if (type == int.class) {
            return inRange(Integer.parseInt(text));
        }
        if (type == double.class) {
            return number(text);
        }
        if (type == ConfidenceThreshold.class) {
            Number number = number(text);
            return text.equalsIgnoreCase(ConfidenceThreshold.AUTO)
                    ? new ConfidenceThreshold(OptionalDouble.empty())
                    : number == null ? null : new ConfidenceThreshold(OptionalDouble.of(number.doubleValue()));
        }
        if (type == boolean.class) {
            String lower = text.toLowerCase(Locale.ROOT);
            return TRUE.contains(lower) || FALSE.contains(lower) ? (Object) TRUE.contains(lower) : null;
        }
        if (type == Path.class) {
            return Path.of(text);
        }
        if (type == ZoneId.class) {
            return ZoneId.of(text);
        }
        if (type == LocalTime.class) {
            return text.matches("\\d{2}:\\d{2}") ? LocalTime.parse(text) : null;
        }
        if (type == List.class) {
            return Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .toList();
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(choice -> choice.toString().equalsIgnoreCase(text))
                .findFirst()
                .orElse(null);
    }

    private @Nullable Number number(String text) {
        return text.matches("[+-]?\\d*\\.?\\d+") ? inRange(Double.parseDouble(text)) : null;
    }

    private @Nullable Number inRange(Number number) {
        double value = number.doubleValue();
        return range == null || (value >= range.least() && value <= range.most()) ? number : null;
    }

    /** The end of a sentence about an invalid text: {@code must be off, monitor or enforce but is "x"}. */
    String mismatch(String text) {
        return "must be %s but is \"%s\"".formatted(description(), shown(text));
    }

    private String description() {
        if (type == ConfidenceThreshold.class) {
            return inRange("a number") + ", or " + ConfidenceThreshold.AUTO + ",";
        }
        if (type == int.class || type == double.class) {
            return inRange(type == int.class ? "a whole number" : "a number");
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == ZoneId.class) {
            return "a time zone such as Europe/Berlin";
        }
        if (type == LocalTime.class) {
            return "a time of day such as 05:00";
        }
        return type.isEnum() ? choices() : "a path that this system can have";
    }

    private String inRange(String kind) {
        return range == null ? kind : kind + " between " + plain(range.least()) + " and " + plain(range.most());
    }

    private String choices() {
        String all = Arrays.stream(type.getEnumConstants())
                .map(choice -> choice.toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        int last = all.lastIndexOf(", ");
        return all.substring(0, last) + " or " + all.substring(last + 2);
    }

    /** A number without a fraction of zero. */
    static String plain(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    /** A text on one line, without control characters. */
    static String shown(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cf}]", "?");
        return line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "...";
    }
}
