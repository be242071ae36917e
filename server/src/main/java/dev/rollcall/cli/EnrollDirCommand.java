package dev.rollcall.cli;

import dev.rollcall.keys.Caller;
import dev.rollcall.recognition.bulk.BulkEnrollment;
import dev.rollcall.recognition.bulk.BulkEnrollment.Mode;
import dev.rollcall.recognition.bulk.BulkRun;
import dev.rollcall.recognition.bulk.EnrollmentPlan;
import dev.rollcall.recognition.bulk.EnrollmentReport;
import dev.rollcall.recognition.bulk.FileResult;
import dev.rollcall.recognition.bulk.Ledger;
import dev.rollcall.recognition.bulk.ListException;
import dev.rollcall.recognition.bulk.PictureFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rollcall enroll-dir}: enrolls everybody whose pictures are in a folder. */
@Command(
        name = "enroll-dir",
        description =
                "Enroll everybody in a folder: a subfolder or a picture per person, named by user_id or name, or a CSV"
                        + " file with the columns user_id, name, group, external_id, consent_at, file. May be interrupted,"
                        + " and run again: it goes on where it was. Exit code 3: some files were refused.",
        mixinStandardHelpOptions = true)
final class EnrollDirCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int SOME_REFUSED = 3;

    /** Workers for each analysis at once: while one waits for the database, another one's picture is analysed. */
    private static final int WORKERS_PER_THREAD = 2;

    /** The heap is divided by this for pictures in memory. */
    private static final int MEMORY_DIVISOR = 4;

    private final Enrollments enrollments;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "The folder.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(
            names = "--list",
            paramLabel = "CSV",
            description = "The list of people; by default the only .csv at the top of FOLDER that is no report.")
    private @Nullable Path list;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where the result of each file is written, .csv or .jsonl; files that it has are not enrolled"
                    + " again. By default FOLDER's name with -report.csv, in the present folder; with --dry-run"
                    + " none.")
    private @Nullable Path report;

    @Option(names = "--dry-run", description = "Analyse everything and tell what would be refused; write nothing.")
    private boolean dryRun;

    @Option(names = "--retry-refused", description = "Try the files again that were refused before.")
    private boolean retryRefused;

    @Option(
            names = "--pictures-each",
            paramLabel = "N",
            description = "Enough pictures for a person; the further ones are skipped. By default all are enrolled.")
    private int picturesEach;

    EnrollDirCommand(Enrollments enrollments) {
        this.enrollments = enrollments;
    }

    @Override
    public Integer call() throws Exception {
        Path where = CalledFrom.resolve(folder);
        if (!Files.isDirectory(where)) {
            throw new ParameterException(spec.commandLine(), "there is no folder " + where);
        }
        if (picturesEach < 0) {
            throw new ParameterException(spec.commandLine(), "--pictures-each must be 0 or more");
        }
        return enrollments.with(new Mode(dryRun, picturesEach), opened -> {
            try (Ledger.Closing ledger = ledger()) {
                return run(opened, where, ledger);
            } catch (IOException e) {
                return failed("a file can't be read or written: " + e);
            } catch (ListException e) {
                return failed(String.valueOf(e.getMessage()));
            }
        });
    }

    private Ledger.Closing ledger() throws IOException, ListException {
        if (dryRun && report == null) {
            return Ledger.Closing.NOTHING;
        }
        Path file = reportFile();
        if (dryRun && Files.exists(file)) {
            throw new ListException(file + " is there already; a trial run needs a report of its own");
        }
        return EnrollmentReport.open(file, retryRefused);
    }

    private Path reportFile() {
        if (report != null) {
            return CalledFrom.resolve(report);
        }
        Path name = CalledFrom.resolve(folder).toAbsolutePath().normalize().getFileName();
        return CalledFrom.resolve(Path.of((name == null ? "enrollment" : name) + "-report.csv"));
    }

    private int run(Enrollments.Opened opened, Path where, Ledger.Closing ledger)
            throws IOException, ListException, InterruptedException {
        long memory = Runtime.getRuntime().maxMemory() / MEMORY_DIVISOR;
        PictureFolder pictures = new PictureFolder(where, opened.maxPictureBytes(), memory);
        EnrollmentPlan plan =
                pictures.plan(list == null ? null : CalledFrom.resolve(list), reportFile(), opened.zone());
        say("%,d people with %,d pictures in %s", plan.people().size(), plan.files(), where);
        try (EnrollProgress progress = new EnrollProgress(ledger, plan.files(), err(), dryRun && report == null)) {
            for (FileResult problem : plan.problems()) {
                progress.add(problem, new byte[0]);
            }
            progress.start();
            BulkEnrollment.Files files = new BulkEnrollment.Files(
                    pictures, progress, () -> opened.stopped().get().isEmpty(), Caller.COMMAND_LINE);
            new BulkRun(opened.enrollment(), files).enroll(plan.people(), opened.threads() * WORKERS_PER_THREAD);
            progress.stop();
            return summary(progress, opened.stopped().get());
        }
    }

    private int summary(EnrollProgress progress, OptionalInt stopped) {
        say("%s", progress.summary());
        if (!dryRun) {
            say("The result of each file is in %s", reportFile());
        }
        if (stopped.isPresent()) {
            say("Interrupted. Run it again to go on.");
            return stopped.getAsInt();
        }
        return progress.hasRefused() ? SOME_REFUSED : 0;
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private void say(String format, Object... arguments) {
        err().println(String.format(Locale.ROOT, format, arguments));
        err().flush();
    }

    private int failed(String reason) {
        say("rollcall: %s", reason);
        return FAILED;
    }
}
