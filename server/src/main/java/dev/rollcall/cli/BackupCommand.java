package dev.rollcall.cli;

import dev.rollcall.archive.ArchiveException;
import dev.rollcall.archive.ArchiveStore;
import dev.rollcall.archive.Backup;
import dev.rollcall.archive.Backup.Made;
import dev.rollcall.cli.RollcallCommand.Stores;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rollcall backup}: a dated export that was read back, of which the newest are kept. */
@Command(
        name = "backup",
        description = "Write a dated export into a folder, read it back, and remove the oldest ones beyond --keep."
                + " 'rollcall import' brings one into a database. The service may run meanwhile.",
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final double MEGABYTE = 1e6;

    private final Stores stores;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FOLDER",
            arity = "0..1",
            description = "The folder; by default BACKUP_DIR, or the folder backups in DATA_DIR.")
    private @Nullable Path folder;

    @Option(
            names = "--keep",
            paramLabel = "N",
            defaultValue = "14",
            description = "How many backups stay in the folder, this one included (default: ${DEFAULT-VALUE}).")
    private int keep;

    BackupCommand(Stores stores) {
        this.stores = stores;
    }

    @Override
    public Integer call() throws Exception {
        if (keep < 1) {
            throw new ParameterException(spec.commandLine(), "--keep must be 1 or more");
        }
        return stores.with(store -> {
            Path into = folder == null ? store.backupFolder() : CalledFrom.resolve(folder);
            try {
                return run(store.archive(), into);
            } catch (IOException e) {
                return failed(into + " can't be written: " + e);
            } catch (ArchiveException e) {
                return failed("no backup was made, because an import would refuse it: " + e.getMessage());
            }
        });
    }

    private int run(ArchiveStore store, Path into) throws IOException, ArchiveException {
        PrintWriter err = spec.commandLine().getErr();
        Optional<Made> made = new Backup(store, Clock.systemUTC()).into(into, keep, new RowProgress(err));
        if (made.isEmpty()) {
            return failed("another backup into " + into + " is running");
        }
        Made backup = made.get();
        say(
                "%,d rows are in %s (%.1f MB), and were read back.",
                backup.rows(), backup.file(), backup.bytes() / MEGABYTE);
        backup.removed().forEach(old -> say("Removed: %s", old.getFileName()));
        say("It holds templates and names: copy it to another machine, and keep it as safe as the database.");
        return 0;
    }

    private void say(String format, Object... arguments) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(String.format(Locale.ROOT, format, arguments));
        err.flush();
    }

    private int failed(String reason) {
        say("rollcall: %s", reason);
        return FAILED;
    }
}
