package dev.rollcall.config;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.DotEnvConfigSourceProvider;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at the settings before anything starts, so that a wrong one is told in a sentence that names it. */
public final class SettingsCheck {

    /** What a program with wrong settings ends with: EX_CONFIG of sysexits.h. */
    public static final int EXIT_CODE = 78;

    private static final Pattern PROPERTY = Pattern.compile(Pattern.quote(Settings.PREFIX) + "\\.[a-z-]+");
    private static final Pattern WRONG_VALUE = Pattern.compile(
            "property (" + PROPERTY.pattern() + ") with the config value \"(.*?)\" threw", Pattern.DOTALL);

    /** JSON web tokens and Supabase's newer keys alike. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._=-]+");

    private SettingsCheck() {}

    /** What is wrong with the settings of this process, one sentence each; empty when nothing is. */
    public static List<String> problems() {
        try {
            return outOfRange(settings());
        } catch (ConfigValidationException e) {
            List<String> problems = new ArrayList<>();
            for (int i = 0; i < e.getProblemCount(); i++) {
                problems.add(inEnvironmentNames(e.getProblem(i).getMessage()));
            }
            return problems;
        }
    }

    /**
     * The settings of this process, outside of the service.
     *
     * @throws ConfigValidationException if one has no valid form
     */
    static Settings settings() {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredInterceptors()
                .addDefaultSources()
                .withSources(new DotEnvConfigSourceProvider())
                .withMapping(Settings.class)
                .withValidateUnknown(false)
                .build()
                .getConfigMapping(Settings.class);
    }

    static List<String> outOfRange(Settings settings) {
        List<String> problems = new ArrayList<>();
        range(problems, "CONFIDENCE_THRESHOLD", settings.confidenceThreshold(), 0.01, 0.9999);
        range(problems, "MAX_ATTENDANCE_PER_DAY", settings.maxAttendancePerDay(), 1, 100_000);
        range(problems, "MIN_SECONDS_BETWEEN_MARKS", settings.minSecondsBetweenMarks(), 0, 31_536_000);
        range(problems, "LIVENESS_THRESHOLD", settings.livenessThreshold(), 0, 1);
        range(problems, "MAX_TEMPLATES_PER_PERSON", settings.maxTemplatesPerPerson(), 1, 100);
        range(problems, "MAX_IMAGE_MB", settings.maxImageMb(), 1, 64);
        range(problems, "MAX_IMAGE_MEGAPIXELS", settings.maxImageMegapixels(), 1, 200);
        range(problems, "MIN_FACE_PIXELS", settings.minFacePixels(), 0, 10_000);
        range(problems, "RATE_LIMIT_PER_MINUTE", settings.rateLimitPerMinute(), 0, 10_000_000);
        range(problems, "PERSON_RATE_LIMIT_PER_MINUTE", settings.personRateLimitPerMinute(), 0, 10_000_000);
        range(problems, "ADDRESS_RATE_LIMIT_PER_MINUTE", settings.addressRateLimitPerMinute(), 0, 10_000_000);
        range(problems, "ATTENDANCE_RETENTION_DAYS", settings.attendanceRetentionDays(), 0, 36_500);
        range(problems, "AUDIT_RETENTION_DAYS", settings.auditRetentionDays(), 0, 36_500);
        settings.engineThreads().ifPresent(threads -> range(problems, "ENGINE_THREADS", threads, 1, 256));
        settings.databaseUrl()
                .flatMap(DatabaseUrl::problem)
                .ifPresent(problem -> problems.add("DATABASE_URL " + problem));
        if (settings.databaseUrl().isEmpty()) {
            supabase(problems, settings);
        }
        problems.addAll(SecuritySettings.problems(settings));
        return problems;
    }

    private static void supabase(List<String> problems, Settings settings) {
        settings.supabaseUrl()
                .flatMap(SupabaseUrl::problem)
                .ifPresent(problem -> problems.add("SUPABASE_URL " + problem));
        if (settings.supabaseUrl().isPresent() && settings.supabaseKey().isEmpty()) {
            problems.add("SUPABASE_URL is set, but SUPABASE_KEY is not: set it to the project's secret key");
        }
        if (settings.supabaseKey().filter(key -> !KEY.matcher(key).matches()).isPresent()) {
            problems.add("SUPABASE_KEY can't be a key: it has other characters than letters, digits and . _ = -");
        }
        if (settings.supabaseKey().isPresent() && settings.supabaseUrl().isEmpty()) {
            problems.add("SUPABASE_KEY is set, but SUPABASE_URL is not: set it to https://PROJECT.supabase.co");
        }
    }

    private static void range(List<String> problems, String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            problems.add(
                    "%s must be between %s and %s but is %s".formatted(name, plain(least), plain(most), plain(value)));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String inEnvironmentNames(String message) {
        Matcher wrongValue = WRONG_VALUE.matcher(message);
        if (wrongValue.find()) {
            return "%s can't be \"%s\"".formatted(EnvironmentNames.of(wrongValue.group(1)), wrongValue.group(2));
        }
        return PROPERTY.matcher(message)
                .replaceAll(match -> Matcher.quoteReplacement(EnvironmentNames.of(match.group())));
    }
}
