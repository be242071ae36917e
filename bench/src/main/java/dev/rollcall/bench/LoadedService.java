package dev.rollcall.bench;

import dev.rollcall.cli.ServiceProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A service that is started for a measurement, and the memory and processor time of its process. Linux only. */
final class LoadedService implements AutoCloseable {

    static final String KEY = "key-of-the-measurement";

    private static final double TICKS_PER_SECOND = 100;

    private final ServiceProcess service;
    private final Process process;
    private final double secondsToReady;

    private LoadedService(ServiceProcess service, double secondsToReady) {
        this.service = service;
        this.process = service.process();
        this.secondsToReady = secondsToReady;
    }

    /**
     * Starts a service on loopback and waits until it is healthy.
     *
     * @param command its command line, such as {@code ./rollcall serve}
     * @param folder its data and its log
     * @param settings in addition to those of every measurement, which turn off rate limits and the limits of marks
     */
    static LoadedService start(List<String> command, Path folder, Map<String, String> settings)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(Map.of(
                "API_KEY", KEY,
                "MAX_ATTENDANCE_PER_DAY", "100000",
                "MIN_SECONDS_BETWEEN_MARKS", "0",
                "RATE_LIMIT_PER_MINUTE", "0",
                "PERSON_RATE_LIMIT_PER_MINUTE", "0"));
        all.putAll(settings);
        List<String> line = new ArrayList<>(command);
        line.set(0, program(command.get(0)));
        long start = System.nanoTime();
        ServiceProcess service =
                ServiceProcess.start(new ServiceProcess.Launch(line, folder, folder.resolve("service.log"), all));
        service.awaitHealthy();
        return new LoadedService(service, (System.nanoTime() - start) / 1e9);
    }

    /** An absolute path to a program; a name without a folder is returned unchanged, to be found by PATH. */
    private static String program(String name) {
        return name.indexOf('/') < 0 ? name : Path.of(name).toAbsolutePath().toString();
    }

    int port() {
        return service.address().getPort();
    }

    double secondsToReady() {
        return secondsToReady;
    }

    /** Resets {@code VmHWM} to the present memory. */
    void resetPeak() throws IOException {
        Files.writeString(Path.of("/proc", Long.toString(process.pid()), "clear_refs"), "5");
    }

    /** Memory of the service's process: {@code VmRSS}, the present one, or {@code VmHWM}, the peak. In megabytes of 2²⁰ bytes. */
    double megabytes(String field) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith(field + ":"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    / 1024.0;
        }
    }

    /** Proportional share of memory of the processes that the service has started: the embedded database. */
    double databaseMegabytes() {
        return process.descendants()
                        .mapToLong(child -> proportionalKilobytes(child.pid()))
                        .sum()
                / 1024.0;
    }

    private static long proportionalKilobytes(long pid) {
        try (BufferedReader lines = Files.newBufferedReader(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
            return lines.lines()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Processor time that the service and its database have taken, in seconds. */
    double cpuSeconds() throws IOException {
        return cpuSecondsWithChildren(process);
    }

    /** Processor time that a process and those that it has started have taken, in seconds. */
    static double cpuSecondsWithChildren(Process process) throws IOException {
        double all = cpuSeconds(process.pid());
        for (ProcessHandle child : process.descendants().toList()) {
            all += cpuSeconds(child.pid());
        }
        return all;
    }

    private static double cpuSeconds(long pid) throws IOException {
        Path file = Path.of("/proc", Long.toString(pid), "stat");
        if (!Files.exists(file)) {
            return 0;
        }
        String stat = Files.readString(file);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    @Override
    public void close() throws InterruptedException {
        service.close();
    }
}
