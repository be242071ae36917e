package dev.rollcall.config;

import io.smallrye.config.FallbackConfigSourceInterceptor;
import java.util.Locale;

/** Leads from the settings' property names to their environment names: {@code rollcall.data-dir} is DATA_DIR. */
public final class EnvironmentNames extends FallbackConfigSourceInterceptor {

    private static final long serialVersionUID = 1L;

    public EnvironmentNames() {
        super(EnvironmentNames::of);
    }

    static String of(String property) {
        String prefix = Settings.PREFIX + ".";
        return property.startsWith(prefix)
                ? property.substring(prefix.length()).replace('-', '_').toUpperCase(Locale.ROOT)
                : property;
    }
}
