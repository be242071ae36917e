package dev.rollcall;

import dev.rollcall.cli.RollcallCommand;
import dev.rollcall.config.CommandStore;
import dev.rollcall.config.ServerSettings;
import dev.rollcall.config.SettingsCheck;
import dev.rollcall.config.StartFailure;
import dev.rollcall.store.function.Schema;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/** The program's entry: hands the command line over, and starts the service when it says so. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(RollcallCommand.line(Main::serve, Schema::script, Main::withStore)
                .execute(args));
    }

    private static int withStore(RollcallCommand.Work work) {
        return CommandStore.with(work, problem -> System.err.println("rollcall: " + problem));
    }

    private static int serve() {
        List<String> problems = SettingsCheck.problems();
        if (!problems.isEmpty()) {
            problems.forEach(problem -> System.err.println("rollcall: " + problem));
            return SettingsCheck.EXIT_CODE;
        }
        ServerSettings.apply();
        int[] exit = new int[1];
        Quarkus.run(null, (code, failure) -> {
            if (failure != null) {
                System.err.println("rollcall: " + StartFailure.describe(failure));
            }
            exit[0] = code;
        });
        return exit[0];
    }
}
