package dev.rollcall.config;

import dev.rollcall.audit.AuditLog;
import dev.rollcall.audit.RefusalLog;
import dev.rollcall.cli.Enrollments;
import dev.rollcall.config.process.StopSignals;
import dev.rollcall.config.settings.CommandLog;
import dev.rollcall.config.settings.SecuritySettings;
import dev.rollcall.config.settings.Settings;
import dev.rollcall.config.settings.SettingsCheck;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.StageListener;
import dev.rollcall.engine.match.TemplateIndex;
import dev.rollcall.people.EnrollmentStore;
import dev.rollcall.recognition.AnalysisPool;
import dev.rollcall.recognition.EnrollPerson;
import dev.rollcall.recognition.Recognizer;
import dev.rollcall.recognition.bulk.BulkEnrollment;
import dev.rollcall.recognition.bulk.BulkEnrollment.Mode;
import dev.rollcall.recognition.bulk.DirectoryDetails;
import dev.rollcall.recognition.bulk.TrialAudit;
import dev.rollcall.recognition.bulk.TrialPeople;
import dev.rollcall.recognition.gallery.Gallery;
import dev.rollcall.store.function.DatabaseFunctions;
import dev.rollcall.store.function.FunctionAuditStore;
import dev.rollcall.store.function.FunctionPeopleDirectory;
import dev.rollcall.store.function.FunctionPeopleStore;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/** Bulk enrollment by a command, which may run while the service runs, with an engine of its own. */
public final class CommandEnrollment {

    private static final int FAILED = 1;
    private static final int MEGABYTE = 1_000_000;

    private CommandEnrollment() {}

    /**
     * Opens the engine and the database that the settings choose, does the work and closes them.
     *
     * @param errors receives what went wrong, as described by {@link StartFailure}
     * @return the exit code
     */
    public static int with(Mode mode, Enrollments.Work work, Consumer<String> errors) {
        CommandLog.start();
        List<String> problems = SettingsCheck.problems();
        if (!problems.isEmpty()) {
            problems.forEach(errors);
            return SettingsCheck.EXIT_CODE;
        }
        StopSignals.handleForCommand();
        Settings settings = SettingsCheck.settings();
        int threads = EngineWiring.threads(settings);
        try (Backend backend = Backend.openForCommand(settings);
                FaceEngine engine = EngineWiring.open(settings);
                AnalysisPool pool = EngineWiring.pool(engine, threads, StageListener.NONE)) {
            Recognizer recognizer = new Recognizer(engine.modelId(), engine.calibration());
            EnrollmentStore stored = FunctionPeopleStore.open(backend.functions(), SecuritySettings.seal(settings));
            EnrollmentStore people = mode.trial() ? new TrialPeople(stored) : stored;
            try (Gallery gallery =
                    new Gallery(people, recognizer.modelId(), new TemplateIndex(EngineWiring.runtime(settings)))) {
                gallery.load();
                EnrollPerson.Stores stores =
                        new EnrollPerson.Stores(people, gallery, refusals(backend.functions(), mode));
                EnrollPerson enrollPerson = new EnrollPerson(
                        pool, stores, recognizer, RecognitionWiring.enrollPolicy(settings), Clock.systemUTC());
                return work.on(new Enrollments.Opened(
                        new BulkEnrollment(
                                enrollPerson,
                                new BulkEnrollment.Stores(people, details(backend, recognizer)),
                                new BulkEnrollment.Examination(
                                        pool,
                                        RecognitionWiring.enrollPolicy(settings).rules(),
                                        recognizer.modelId()),
                                mode,
                                Clock.systemUTC()),
                        threads,
                        settings.maxImageMb() * MEGABYTE,
                        settings.timeZone(),
                        StopSignals::exitCode));
            }
        } catch (Exception e) {
            errors.accept(StartFailure.describe(e));
            return FAILED;
        }
    }

    private static DirectoryDetails details(Backend backend, Recognizer recognizer) {
        return new DirectoryDetails(new FunctionPeopleDirectory(backend.functions()), recognizer.modelId());
    }

    /** A trial run writes nothing, no refusals either. */
    private static RefusalLog refusals(DatabaseFunctions functions, Mode mode) {
        AuditLog log = mode.trial() ? new TrialAudit() : new FunctionAuditStore(functions);
        return new RefusalLog(log, Clock.systemUTC());
    }
}
