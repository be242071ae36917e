package dev.rollcall.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs {@code rollcall enroll-dir} on folders, each with an empty database, and the bare models before and after it. */
@Command(
        name = "enroll",
        description =
                "Enroll folders of people by enroll-dir; print results, memory, and the pace beside that of the bare"
                        + " models.",
        mixinStandardHelpOptions = true)
final class EnrollCommand implements Callable<Integer> {

    private static final double BARE_SECONDS = 5;
    private static final long POLL_MS = 100;
    private static final double KILOBYTES = 1024;
    private static final double MILLIS = 1000;
    private static final int SOME_REFUSED = 3;

    @Option(names = "--rollcall", description = "the program (${DEFAULT-VALUE})")
    private Path rollcall = Path.of("./rollcall");

    @Parameters(arity = "1..*", paramLabel = "FOLDER", description = "folders with a subfolder per person")
    private List<Path> folders = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** A run of the command. */
    private record Run(double cpuSeconds, double peakMegabytes, int exitCode) {}

    /** The bare models' pace and the processor time of one set. */
    private record Bare(double perSecond, double cpuMillis) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        printLine("| folder | people | pictures | enrolled | people enrolled | refused | pictures/s | bare sets/s |"
                + " pictures / bare | CPU ms a picture | CPU ms a bare set | bare / picture | peak RSS MB |");
        printLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        for (Path folder : folders) {
            Path work = Files.createTempDirectory("rollcall-enroll");
            try (BareModels bare = new BareModels()) {
                measure(folder, work, bare);
            } finally {
                LoadCommand.delete(work);
            }
        }
        return 0;
    }

    /** The first run, on a folder without pictures, creates the database; its processor time is that of a start. */
    private void measure(Path folder, Path work, BareModels bare) throws IOException, InterruptedException {
        run(Files.createDirectory(work.resolve("none")), work);
        Run start = run(work.resolve("none"), work);
        Bare before = bare(bare);
        Run run = run(folder, work);
        Bare after = bare(bare);
        Report report = Report.read(work.resolve("report.csv"));
        double pace = pace(work.resolve("log"));
        double barePace = (before.perSecond() + after.perSecond()) / 2;
        double cpu = (run.cpuSeconds() - start.cpuSeconds()) * MILLIS / report.pictures();
        double bareCpu = (before.cpuMillis() + after.cpuMillis()) / 2;
        printLine(
                "| %s | %d | %d | %d | %d | %s | %.1f | %.1f | %.2f | %.1f | %.1f | %.2f | %.0f |",
                folder.getFileName(),
                report.people().size(),
                report.pictures(),
                report.enrolled(),
                report.peopleEnrolled(),
                reasons(report),
                pace,
                barePace,
                pace / barePace,
                cpu,
                bareCpu,
                bareCpu / cpu,
                run.peakMegabytes());
        if (run.exitCode() != 0 && run.exitCode() != SOME_REFUSED) {
            throw new IOException("enroll-dir ended with exit code " + run.exitCode());
        }
    }

    private static Bare bare(BareModels models) throws InterruptedException {
        double start = ownCpuSeconds();
        double perSecond = models.measure(Runtime.getRuntime().availableProcessors(), BARE_SECONDS)
                .perSecond();
        return new Bare(perSecond, (ownCpuSeconds() - start) * MILLIS / (perSecond * BARE_SECONDS));
    }

    private static double ownCpuSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toMillis()
                / MILLIS;
    }

    /** Pictures per second, as the command says, which counts from when everything is open. */
    private static double pace(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.endsWith(" pictures per second"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(0, line.indexOf(' '))))
                    .reduce(0, (first, last) -> last);
        }
    }

    private static String reasons(Report report) {
        return report.reasons().isEmpty()
                ? "0"
                : report.reasons().entrySet().stream()
                        .map(reason -> reason.getValue() + " " + reason.getKey())
                        .collect(Collectors.joining(", "));
    }

    /**
     * Runs the command. In a folder without subfolders the person is the part of a file's name before the last {@code _}, which a
     * list says.
     */
    private Run run(Path folder, Path work) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                rollcall.toAbsolutePath().toString(),
                "enroll-dir",
                "--report",
                work.resolve("report.csv").toString(),
                folder.toAbsolutePath().toString()));
        List<Path> entries;
        try (Stream<Path> all = Files.list(folder)) {
            entries = all.sorted().toList();
        }
        if (!entries.isEmpty() && entries.stream().noneMatch(Files::isDirectory)) {
            Path list = work.resolve("list.csv");
            Files.writeString(list, "user_id,file\n");
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (name.lastIndexOf('_') > 0 && !name.endsWith(".csv")) {
                    String line = name.substring(0, name.lastIndexOf('_')) + "," + name + "\n";
                    Files.writeString(list, line, StandardOpenOption.APPEND);
                }
            }
            command.addAll(List.of("--list", list.toString()));
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(work.resolve("log").toFile()));
        Map<String, String> environment = builder.environment();
        List.of("DATABASE_URL", "SUPABASE_URL", "SUPABASE_KEY").forEach(environment::remove);
        environment.put("DATA_DIR", work.resolve("data").toString());
        Process process = builder.start();
        double peak = 0;
        double cpu = 0;
        while (!process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peakMegabytes(process.pid()));
            cpu = Math.max(cpu, LoadedService.cpuSecondsWithChildren(process));
        }
        return new Run(cpu, peak, process.exitValue());
    }

    private static double peakMegabytes(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    / KILOBYTES;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /**
     * What the report of enroll-dir says about pictures.
     *
     * @param people who had a picture
     * @param reasons how many were refused, by code
     */
    private record Report(
            int pictures, int enrolled, Map<String, Integer> people, int peopleEnrolled, Map<String, Integer> reasons) {

        static Report read(Path csv) throws IOException {
            int pictures = 0;
            int enrolled = 0;
            Map<String, Integer> people = new HashMap<>();
            Map<String, Integer> reasons = new TreeMap<>();
            List<String> lines = new ArrayList<>(Files.readAllLines(csv));
            for (String line : lines.subList(1, lines.size())) {
                List<String> values = List.of(line.split(",", -1));
                if (values.get(1).isEmpty()) {
                    continue;
                }
                boolean isEnrolled = values.get(2).equals("enrolled");
                pictures++;
                enrolled += isEnrolled ? 1 : 0;
                people.merge(values.get(1), isEnrolled ? 1 : 0, Integer::sum);
                if (!isEnrolled) {
                    reasons.merge(values.get(3), 1, Integer::sum);
                }
            }
            int peopleEnrolled =
                    (int) people.values().stream().filter(count -> count > 0).count();
            return new Report(pictures, enrolled, people, peopleEnrolled, reasons);
        }
    }

    private void printLine(String format, Object... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
