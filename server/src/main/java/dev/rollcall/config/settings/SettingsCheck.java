package dev.rollcall.config.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks at the settings before anything starts, so that a wrong one is told in a sentence that names it. */
public final class SettingsCheck {

    /** What a program with wrong settings ends with: EX_CONFIG of sysexits.h. */
    public static final int EXIT_CODE = 78;

    /** JSON web tokens and Supabase's newer keys alike. */
    private static final Pattern SUPABASE_KEY = Pattern.compile("[A-Za-z0-9._=-]+");

    /** What a header can carry, up to the length that is read of one. */
    private static final Pattern API_KEY = Pattern.compile("[\\x20-\\x7e]{1,1024}");

    private static final int MEGABYTE = 1_000_000;

    /** Two copies may take two fifths of the heap. */
    private static final int HEAP_MEGABYTES_FOR_EACH = 5;

    /** What Java doesn't count of a heap that it is given: one of the spaces of the younger part. */
    private static final int HEAP_KEPT_BACK = 2;

    private static final String MANIFEST = "models.properties";

    private SettingsCheck() {}

    /** What is wrong with the settings of this process, one sentence each; empty when nothing is. */
    public static List<String> problems() {
        SettingsReader.Read read = SettingsReader.ofProcess();
        List<String> problems = new ArrayList<>(read.problems());
        problems.addAll(problems(read.settings()));
        return problems;
    }

    /** The same, and what keeps the service from listening, which a command needn't do. */
    public static List<String> problemsOfService() {
        List<String> problems = new ArrayList<>(problems());
        Settings settings = settings();
        Listening.wrongHost(settings).ifPresent(problems::add);
        tooLargeForHeap(settings.maxImageMb(), Runtime.getRuntime().maxMemory()).ifPresent(problems::add);
        if (problems.isEmpty()) {
            made(settings.dataDir()).ifPresent(problems::add);
        }
        if (problems.isEmpty()) {
            Listening.problem(settings)
                    .filter(problem -> !Listening.isTaken(problem))
                    .ifPresent(problems::add);
        }
        return problems;
    }

    /** Whether two pictures of the largest size, one being copied, leave too little of the heap for all the rest. */
    static Optional<String> tooLargeForHeap(int maxImageMb, long heap) {
        long least = (long) maxImageMb * HEAP_MEGABYTES_FOR_EACH;
        return heap / MEGABYTE >= least
                ? Optional.empty()
                : Optional.of("MAX_IMAGE_MB=%d needs a larger heap: set ROLLCALL_HEAP to %dm or more"
                        .formatted(maxImageMb, least + HEAP_KEPT_BACK));
    }

    /** Who listens on the port already, as a sentence; the settings must have been checked before. */
    public static Optional<String> portTaken() {
        return Listening.problem(settings());
    }

    /** The settings of this process, which must have been checked before. */
    public static Settings settings() {
        return SettingsReader.ofProcess().settings();
    }

    /** What is wrong with values that have the right form, each in itself. */
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
        Path there = folder.toAbsolutePath().normalize();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            return Optional.of(
                    "DATA_DIR: the data folder %s can't be used: %s is not a folder".formatted(folder, there));
        }
        return Files.isWritable(there)
                ? Optional.empty()
                : Optional.of("DATA_DIR: the data folder %s can't be used: this account may not write to %s"
                        .formatted(folder, there));
    }

    /** Makes the folder, which alone shows whether it can be made. */
    private static Optional<String> made(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("DATA_DIR: the data folder %s can't be used: it can't be made".formatted(folder));
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
        if (settings.supabaseKey().isPresent() && settings.supabaseUrl().isEmpty()) {
            problems.add("SUPABASE_KEY is set, but SUPABASE_URL is not: set it to https://PROJECT.supabase.co");
        }
    }
}
