package dev.rollcall;

import dev.rollcall.cli.RollcallCommand;
import dev.rollcall.config.CommandStore;
import dev.rollcall.config.FirstKey;
import dev.rollcall.config.StartFailure;
import dev.rollcall.config.settings.ServerSettings;
import dev.rollcall.config.settings.SettingsCheck;
import dev.rollcall.store.function.Schema;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The program's entry: hands the command line over, and starts the service when it says so. */
@QuarkusMain
public final class Main {

    private static final int FAILED = 1;

    private Main() {}

    public static void main(String[] args) {
        System.exit(RollcallCommand.line(Main::serve, Schema::script, Main::withStore)
                .execute(args));
    }

    private static int withStore(RollcallCommand.Work work) {
        return CommandStore.with(work, Main::tell);
    }

    private static int serve() {
        List<String> problems = SettingsCheck.problemsOfService();
        if (!problems.isEmpty()) {
            problems.forEach(Main::tell);
            return SettingsCheck.EXIT_CODE;
        }
        Optional<String> taken = SettingsCheck.portTaken();
        if (taken.isPresent()) {
            tell(taken.get());
            return FAILED;
        }
        ServerSettings.apply();
        AtomicBoolean ending = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ending.set(true), "ending"));
        int[] exit = new int[1];
        Quarkus.run(FirstKey.class, (code, failure) -> {
            if (failure != null) {
                tell(ending.get() ? "the start was interrupted" : StartFailure.describe(failure));
            }
            exit[0] = code;
        });
        return exit[0];
    }

    private static void tell(String problem) {
        System.err.println("rollcall: " + problem);
    }
}
