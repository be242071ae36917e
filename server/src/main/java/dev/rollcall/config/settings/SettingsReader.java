package dev.rollcall.config.settings;

import io.smallrye.config.WithDefault;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The reader of {@link Settings} from the texts that a process was given. */
final class SettingsReader {

    private final Map<Method, Object> values = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private SettingsReader() {}

    /**
     * The settings and their problems.
     *
     * @param settings with the default, or nothing, in place of each invalid one
     * @param problems one sentence for each invalid setting, which names it
     */
    record Read(Settings settings, List<String> problems) {

        Read {
            problems = List.copyOf(problems);
        }
    }

    /** Reads the settings of this process. */
    static Read ofProcess() {
        return read(GivenTexts.ofProcess());
    }

    static Read read(Map<String, String> environment, Path envFile) {
        return read(GivenTexts.of(Map.of(), environment, envFile));
    }

    static Read read(GivenTexts given) {
        SettingsReader reader = new SettingsReader();
        reader.problems.addAll(given.problems());
        Arrays.stream(Settings.class.getMethods())
                .sorted(Comparator.comparing(Method::getName))
                .forEach(setting -> reader.readSetting(setting, given.text(EnvironmentNames.of(setting))));
        return new Read(reader.settings(), reader.problems);
    }

    private void readSetting(Method setting, @Nullable String given) {
        SettingForm form = SettingForm.of(setting);
        String text = given == null ? "" : given.strip();
        Optional<Object> value = text.isEmpty() ? Optional.empty() : form.parse(text);
        if (!text.isEmpty() && value.isEmpty()) {
            problems.add(EnvironmentNames.of(setting) + " " + form.mismatch(text));
        }
        WithDefault byDefault = setting.getAnnotation(WithDefault.class);
        if (value.isEmpty() && byDefault != null) {
            value = form.parse(byDefault.value());
        }
        values.put(setting, wrapped(setting.getReturnType(), value));
    }

    private static Object wrapped(Class<?> type, Optional<Object> value) {
        if (type == Optional.class) {
            return value;
        }
        if (type == OptionalInt.class) {
            return value.map(number -> OptionalInt.of((Integer) number)).orElse(OptionalInt.empty());
        }
        return value.orElseThrow();
    }

    private Settings settings() {
        Map<Method, Object> read = Map.copyOf(values);
        InvocationHandler getters = (proxy, method, arguments) -> {
            Object value = read.get(method);
            return value == null ? method.invoke(this, arguments) : value;
        };
        return (Settings)
                Proxy.newProxyInstance(Settings.class.getClassLoader(), new Class<?>[] {Settings.class}, getters);
    }
}
