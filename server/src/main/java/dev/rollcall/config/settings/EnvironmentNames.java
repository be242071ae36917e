package dev.rollcall.config.settings;

import java.lang.reflect.Method;
import java.util.Locale;

/** The names of the settings in the environment and in {@code .env}: {@code dataDir} is DATA_DIR. */
final class EnvironmentNames {

    private EnvironmentNames() {}

    static String of(Method setting) {
        return setting.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }
}
