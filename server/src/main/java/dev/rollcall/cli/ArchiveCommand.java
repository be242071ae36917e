package dev.rollcall.cli;

import dev.rollcall.archive.ArchiveException;
import dev.rollcall.archive.ArchiveStore;
import dev.rollcall.archive.ArchiveStore.Outcome;
import dev.rollcall.archive.Export;
import dev.rollcall.archive.Import;
import dev.rollcall.archive.Progress;
import dev.rollcall.cli.RollcallCommand.Stores;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands {@code rollcall export} and {@code rollcall import}: the rows of a database to a file, and from one. */
abstract class ArchiveCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    private final Stores stores;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file, usually named like rollcall-2026-01-31.jsonl.gz.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    ArchiveCommand(Stores stores) {
        this.stores = stores;
    }

    @Override
    public Integer call() throws Exception {
        return stores.with(store -> {
            try {
                return run(store.archive());
            } catch (NoSuchFileException e) {
                return failed("there is no file " + e.getFile());
            } catch (IOException e) {
                return failed(file() + " can't be read or written: " + e);
            } catch (ArchiveException e) {
                return failed(String.valueOf(e.getMessage()));
            }
        });
    }

    abstract int run(ArchiveStore store) throws IOException, ArchiveException;

    final Path file() {
        return CalledFrom.resolve(file);
    }

    final Progress progress() {
        return new RowProgress(spec.commandLine().getErr());
    }

    final void say(String format, Object... arguments) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(String.format(Locale.ROOT, format, arguments));
        err.flush();
    }

    final int failed(String reason) {
        say("rollcall: %s", reason);
        return FAILED;
    }

    @Command(
            name = "export",
            description =
                    "Write sites, people, look-alikes, templates, marks, corrections (also those that wait for approval),"
                            + " hashes of keys and the audit log into a file.",
            mixinStandardHelpOptions = true)
    static final class ExportCommand extends ArchiveCommand {

        @Option(names = "--overwrite", description = "Replace the file if it is there.")
        private boolean overwrite;

        ExportCommand(Stores stores) {
            super(stores);
        }

        @Override
        int run(ArchiveStore store) throws IOException, ArchiveException {
            if (Files.exists(file()) && !overwrite) {
                return failed(file() + " is there already; --overwrite replaces it");
            }
            long rows = new Export(store, Clock.systemUTC()).to(file(), progress());
            say("%,d rows are in %s. It holds templates: keep it as safe as the database.", rows, file());
            try {
                Import.check(store, Clock.systemUTC(), file());
            } catch (ArchiveException e) {
                return failed("the file is complete, but an import would refuse it: " + e.getMessage());
            }
            return 0;
        }
    }

    @Command(
            name = "import",
            description = "Bring everything in a file into the database: all of it or nothing.",
            mixinStandardHelpOptions = true)
    static final class ImportCommand extends ArchiveCommand {

        ImportCommand(Stores stores) {
            super(stores);
        }

        @Override
        int run(ArchiveStore store) throws IOException, ArchiveException {
            Outcome outcome = new Import(store, Clock.systemUTC()).from(file(), progress());
            if (outcome instanceof Outcome.Imported imported) {
                say("All of %s is in the database. New were: %s", file(), counts(imported));
                return 0;
            }
            if (outcome instanceof Outcome.Conflict conflict) {
                return failed("nothing was imported, because the database has other contents for "
                        + String.join(", ", conflict.rows()) + ". Import into an empty database");
            }
            return failed("nothing was imported, because rows were lost during the transfer. Try again");
        }

        private static String counts(Outcome.Imported imported) {
            return imported.added().entrySet().stream()
                    .map(count -> count.getValue() + " " + count.getKey())
                    .collect(Collectors.joining(", "));
        }
    }
}
