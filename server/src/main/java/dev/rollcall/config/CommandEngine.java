package dev.rollcall.config;

import dev.rollcall.cli.Engines;
import dev.rollcall.config.settings.CommandLog;
import dev.rollcall.config.settings.Settings;
import dev.rollcall.config.settings.SettingsCheck;
import dev.rollcall.engine.EngineOptions;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.RuntimeOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The engine of a command that needs nothing else of the service. */
public final class CommandEngine {

    private static final int FAILED = 1;

    private CommandEngine() {}

    /**
     * Opens the engine, does the work and closes it. It unpacks its native library into the temporary folder, because an
     * administrator's account may not leave files in the service's folder that the service can't replace.
     *
     * @param models the folder of models, instead of MODEL_DIR
     * @param errors receives what went wrong, as described by {@link StartFailure}
     * @return the exit code
     */
    public static int with(Optional<Path> models, Engines.Work work, Consumer<String> errors) {
        CommandLog.start();
        List<String> problems = SettingsCheck.problems();
        if (!problems.isEmpty()) {
            problems.forEach(errors);
            return SettingsCheck.EXIT_CODE;
        }
        Settings settings = SettingsCheck.settings();
        EngineOptions options = new EngineOptions(
                settings.maxImageMegapixels(),
                EngineOptions.DEFAULT_PICTURE_BYTES,
                true,
                new RuntimeOptions(settings.engineRuntime(), null),
                models.or(settings::modelDir).orElse(null));
        try (FaceEngine engine = new FaceEngine(options)) {
            return work.on(engine);
        } catch (Exception e) {
            errors.accept(StartFailure.describe(e));
            return FAILED;
        }
    }
}
