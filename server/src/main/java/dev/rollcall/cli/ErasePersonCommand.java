package dev.rollcall.cli;

import dev.rollcall.cli.RollcallCommand.Opened;
import dev.rollcall.cli.RollcallCommand.Stores;
import dev.rollcall.keys.Caller;
import dev.rollcall.people.PeopleStore.Erasure;
import dev.rollcall.people.UserId;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rollcall erase-person}: like DELETE /v1/people/{user_id}, also for a user_id that a path can't contain. */
@Command(
        name = "erase-person",
        description =
                "Erase a person with every template, irreversibly. ATTENDANCE_ON_ERASURE decides about the marks.",
        mixinStandardHelpOptions = true)
final class ErasePersonCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    private final Stores stores;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "USER_ID", description = "The person's user_id.")
    private String userId = "";

    ErasePersonCommand(Stores stores) {
        this.stores = stores;
    }

    @Override
    public Integer call() throws Exception {
        UserId who = UserIds.existing(userId, spec);
        return stores.with(store -> erase(who, store));
    }

    private int erase(UserId who, Opened store) {
        Optional<Erasure> erased =
                store.people().get().erase(who, Instant.now(), store.keptMarks(), Caller.COMMAND_LINE);
        PrintWriter err = spec.commandLine().getErr();
        err.println(erased.map(done -> report(who, done)).orElse("Nobody is enrolled as " + who + "."));
        err.flush();
        return erased.isPresent() ? 0 : FAILED;
    }

    private static String report(UserId who, Erasure done) {
        return ("%s is erased. Removed: %d templates, %d kept answers."
                        + " Kept: %d marks under the user_id, %d under a random one, %d audit entries.")
                .formatted(
                        who,
                        done.templatesRemoved(),
                        done.answersRemoved(),
                        done.marksKept(),
                        done.marksPseudonymised(),
                        done.auditEntriesKept());
    }
}
