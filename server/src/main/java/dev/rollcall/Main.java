package dev.rollcall;

import dev.rollcall.cli.Engines;
import dev.rollcall.cli.Enrollments;
import dev.rollcall.cli.RollcallCommand;
import dev.rollcall.config.CommandDoctor;
import dev.rollcall.config.CommandEngine;
import dev.rollcall.config.CommandEnrollment;
import dev.rollcall.config.CommandSettings;
import dev.rollcall.config.CommandStore;
import dev.rollcall.config.FirstKey;
import dev.rollcall.config.LocalTls;
import dev.rollcall.config.ServiceLock;
import dev.rollcall.config.StartFailure;
import dev.rollcall.config.process.StopSignals;
import dev.rollcall.config.settings.ServerSettings;
import dev.rollcall.config.settings.SettingsCheck;
import dev.rollcall.recognition.bulk.BulkEnrollment;
import dev.rollcall.store.function.Schema;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The program's entry point: runs the command line, whose command {@code serve} starts the service. */
@QuarkusMain
public final class Main {

    private static final int FAILED = 1;

    private Main() {}

    public static void main(String[] args) {
        System.exit(RollcallCommand.line(
                        SettingsCheck::addOption,
                        Main::serve,
                        CommandSettings::printed,
                        Schema::script,
                        Main::runWithStore,
                        Main::enroll,
                        Main::runWithEngine,
                        CommandDoctor::examine)
                .execute(args));
    }

    private static int runWithStore(RollcallCommand.Work work) {
        return CommandStore.with(work, Main::printError);
    }

    private static int enroll(BulkEnrollment.Mode mode, Enrollments.Work work) {
        return CommandEnrollment.with(mode, work, Main::printError);
    }

    private static int runWithEngine(Optional<Path> models, Engines.Work work) {
        return CommandEngine.with(models, work, Main::printError);
    }

    private static int serve(Map<String, String> options) {
        options.forEach(SettingsCheck::addOption);
        List<String> problems = SettingsCheck.problemsOfService();
        if (!problems.isEmpty()) {
            problems.forEach(Main::printError);
            return SettingsCheck.EXIT_CODE;
        }
        Optional<String> portTaken = SettingsCheck.portTaken();
        if (portTaken.isPresent()) {
            printError(portTaken.get());
            return FAILED;
        }
        Optional<String> notReady = ServiceLock.problem().or(LocalTls::problem);
        if (notReady.isPresent()) {
            printError(notReady.get());
            return FAILED;
        }
        ServerSettings.apply();
        StopSignals.handle();
        AtomicBoolean ending = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ending.set(true), "ending"));
        int[] exit = new int[1];
        Quarkus.run(FirstKey.class, (code, failure) -> {
            if (failure != null) {
                boolean interrupted = ending.get() || StopSignals.exitCode().isPresent();
                printError(interrupted ? "the start was interrupted" : StartFailure.describe(failure));
            }
            exit[0] = StopSignals.exitCode().orElse(code);
        });
        return exit[0];
    }

    private static void printError(String problem) {
        System.err.println("rollcall: " + problem);
    }
}
