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

/** {@code rollcall erase-person}: what DELETE /v1/people/{user_id} does, also for a user_id that no address can hold. */
@Command(
        name = "erase-person",
        description =
                "Erase a person with every template, at once and for good. Marks stay as ATTENDANCE_ON_ERASURE says.",
        mixinStandardHelpOptions = true)
final class ErasePersonCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    private final Stores stores;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "USER_ID", description = "Who.")
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
        err.println(erased.map(done -> told(who, done)).orElse("Nobody is enrolled as " + who + "."));
        err.flush();
        return erased.isPresent() ? 0 : FAILED;
    }

    private static String told(UserId who, Erasure done) {
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
