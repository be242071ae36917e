package dev.rollcall.config.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The check of the settings before the start; each problem is a sentence that names the setting. */
public final class SettingsCheck {

    /** The exit code for invalid settings: EX_CONFIG of sysexits.h. */
    public static final int EXIT_CODE = 78;

    /** The form of JSON web tokens and of Supabase's newer keys. */
    private static final String PUBLISHABLE = "sb_publishable_";

    private static final Pattern SUPABASE_KEY = Pattern.compile("[A-Za-z0-9._=-]+");

    /** The form of a header's value, up to the longest key that is read. */
    private static final Pattern API_KEY = Pattern.compile("[\\x20-\\x7e]{1,1024}");

    private static final int MEGABYTE = 1_000_000;

    /** Needed heap for each megabyte of MAX_IMAGE_MB: two copies of a picture then take two fifths of the heap. */
    private static final int HEAP_MEGABYTES_FOR_EACH = 5;

    /** Megabytes of the configured heap that Runtime.maxMemory() leaves out: a survivor space. */
    private static final int HEAP_UNCOUNTED = 2;

    private static final String MANIFEST = "models.properties";

    private SettingsCheck() {}

    /** The problems of this process' settings, one sentence each. */
    public static List<String> problems() {
        SettingsReader.Read read = SettingsReader.ofProcess();
        List<String> problems = new ArrayList<>(read.problems());
        problems.addAll(problems(read.settings()));
        return problems;
    }

    /** The problems of this process' settings, including those that only matter to the service, which listens. */
    public static List<String> problemsOfService() {
        List<String> problems = new ArrayList<>(problems());
        Settings settings = settings();
        Listening.wrongHost(settings).ifPresent(problems::add);
        tooLargeForHeap(settings.maxImageMb(), Runtime.getRuntime().maxMemory()).ifPresent(problems::add);
        if (problems.isEmpty()) {
            creationProblem(settings.dataDir()).ifPresent(problems::add);
        }
        if (problems.isEmpty()) {
            Listening.problem(settings)
                    .filter(problem -> !Listening.isTaken(problem))
                    .ifPresent(problems::add);
        }
        return problems;
    }

    /** The problem of a heap that is too small for two pictures of the largest size, one of them being copied. */
    static Optional<String> tooLargeForHeap(int maxImageMb, long heap) {
        long least = (long) maxImageMb * HEAP_MEGABYTES_FOR_EACH;
        return heap / MEGABYTE >= least
                ? Optional.empty()
                : Optional.of("MAX_IMAGE_MB=%d needs a larger heap: set ROLLCALL_HEAP to %dm or more"
                        .formatted(maxImageMb, least + HEAP_UNCOUNTED));
    }

    /** The problem that the port is in use, as a sentence; the settings must have been checked before. */
    public static Optional<String> portTaken() {
        return Listening.problem(settings());
    }

    /** Gives this process the text of a setting, which takes precedence over the environment and {@code .env}. */
    public static void addOption(String name, String text) {
        GivenTexts.addOption(name, text);
    }

    /** What a command needs on its command line to have the folder that this process was given as an option; empty if it was given none. */
    public static String dataFolderOption() {
        GivenTexts given = GivenTexts.ofProcess();
        return given.source("DATA_DIR") == SettingSource.COMMAND_LINE ? " --data-dir " + given.text("DATA_DIR") : "";
    }

    /** The settings of this process, which must have been checked before. */
    public static Settings settings() {
        return SettingsReader.ofProcess().settings();
    }

    /** The problems of values whose form is valid. */
    static List<String> problems(Settings settings) {
        List<String> problems = new ArrayList<>();
        if (settings.apiKey().filter(key -> !API_KEY.matcher(key).matches()).isPresent()) {
            problems.add("API_KEY can't be sent in a header: it must have 1 to 1024 characters, all of them ASCII");
        }
        dataFolder(settings.dataDir()).ifPresent(problems::add);
        settings.modelDir().flatMap(SettingsCheck::modelFolder).ifPresent(problems::add);
        settings.databaseUrl()
                .flatMap(DatabaseUrl::problem)
                .ifPresent(problem -> problems.add("DATABASE_URL " + problem));
        if (settings.databaseUrl().isEmpty()) {
            supabase(problems, settings);
        }
        problems.addAll(SecuritySettings.problems(settings));
        return problems;
    }

    private static Optional<String> dataFolder(Path folder) {
        Path existing = folder.toAbsolutePath().normalize();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing)) {
            return Optional.of(
                    "DATA_DIR: the data folder %s can't be used: %s is not a folder".formatted(folder, existing));
        }
        return Files.isWritable(existing)
                ? Optional.empty()
                : Optional.of("DATA_DIR: the data folder %s can't be used: this account may not write to %s"
                        .formatted(folder, existing));
    }

    /** Creates the folder, since only that shows whether it can be created. */
    private static Optional<String> creationProblem(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("DATA_DIR: the data folder %s can't be used: it can't be created".formatted(folder));
        }
    }

    private static Optional<String> modelFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.of("MODEL_DIR: there is no folder " + folder);
        }
        return Files.isReadable(folder.resolve(MANIFEST))
                ? Optional.empty()
                : Optional.of("MODEL_DIR: the model folder %s has no %s that can be read".formatted(folder, MANIFEST));
    }

    private static void supabase(List<String> problems, Settings settings) {
        settings.supabaseUrl()
                .flatMap(SupabaseUrl::problem)
                .ifPresent(problem -> problems.add("SUPABASE_URL " + problem));
        if (settings.supabaseUrl().isPresent() && settings.supabaseKey().isEmpty()) {
            problems.add("SUPABASE_URL is set, but SUPABASE_KEY is not: set it to the project's secret key");
        }
        if (settings.supabaseKey()
                .filter(key -> !SUPABASE_KEY.matcher(key).matches())
                .isPresent()) {
            problems.add("SUPABASE_KEY can't be a key: it has other characters than letters, digits and . _ = -");
        }
        if (settings.supabaseKey().filter(key -> key.startsWith(PUBLISHABLE)).isPresent()) {
            problems.add("SUPABASE_KEY is a publishable key, which opens nothing here: use a secret key (sb_secret_…)");
        }
        if (settings.supabaseKey().isPresent() && settings.supabaseUrl().isEmpty()) {
            problems.add("SUPABASE_KEY is set, but SUPABASE_URL is not: set it to https://PROJECT.supabase.co");
        }
    }
}
