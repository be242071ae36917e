package dev.rollcall.config.settings;

import io.smallrye.config.WithDefault;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The settings as a list of texts, without secrets. */
public final class SettingsList {

    /** Those whose values nobody may see: keys, and an address with a password in it. */
    private static final Set<String> SECRETS =
            Set.of("API_KEY", "DATABASE_URL", "SUPABASE_KEY", "TEMPLATE_KEY", "OLD_TEMPLATE_KEY");

    private SettingsList() {}

    /**
     * One setting.
     *
     * @param name in the environment, such as {@code MAX_IMAGE_MB}
     * @param value null if it has none, or is a secret
     * @param byDefault the value that it has if it isn't set; null without one
     * @param source where its value comes from
     * @param isSecret whether its value is not shown
     */
    public record Shown(
            String name, @Nullable String value, @Nullable String byDefault, SettingSource source, boolean isSecret) {}

    /** The settings of this process, which must have been checked before, in the order of their names. */
    public static List<Shown> ofProcess(Settings settings) {
        return of(settings, GivenTexts.ofProcess());
    }

    static List<Shown> of(Settings settings, GivenTexts given) {
        return Arrays.stream(Settings.class.getMethods())
                .map(setting -> shown(setting, settings, given))
                .sorted(Comparator.comparing(Shown::name))
                .toList();
    }

    private static Shown shown(Method setting, Settings settings, GivenTexts given) {
        String name = EnvironmentNames.of(setting);
        boolean isSecret = SECRETS.contains(name);
        WithDefault byDefault = setting.getAnnotation(WithDefault.class);
        return new Shown(
                name,
                isSecret ? null : text(value(setting, settings)),
                byDefault == null ? null : byDefault.value(),
                given.source(name),
                isSecret);
    }

    private static Object value(Method setting, Settings settings) {
        try {
            return setting.invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(setting + " can't be read", e);
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return text(optional.orElse(null));
        }
        if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? Integer.toString(optional.getAsInt()) : null;
        }
        if (value instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        if (value instanceof ConfidenceThreshold threshold) {
            return threshold.fixed().isPresent() ? decimal(threshold.fixed().getAsDouble()) : "auto";
        }
        if (value instanceof Double number) {
            return decimal(number);
        }
        if (value instanceof Settings.LogLevel level) {
            return level.name();
        }
        return value instanceof Enum<?> word
                ? word.name().toLowerCase(Locale.ROOT)
                : value == null ? null : value.toString();
    }

    /** A number without an exponent. */
    private static String decimal(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
