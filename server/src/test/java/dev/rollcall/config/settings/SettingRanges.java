package dev.rollcall.config.settings;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;

/** The ranges of the settings as the documentation writes them. */
public final class SettingRanges {

    private SettingRanges() {}

    /** A range like {@code 1 to 64} by the setting's name. */
    public static Map<String, String> all() {
        Map<String, String> ranges = new TreeMap<>();
        for (Method setting : Settings.class.getMethods()) {
            Between range = setting.getAnnotation(Between.class);
            if (range != null) {
                ranges.put(
                        EnvironmentNames.of(setting),
                        SettingForm.plain(range.least()) + " to " + SettingForm.plain(range.most()));
            }
        }
        return ranges;
    }
}
