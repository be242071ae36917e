package dev.rollcall.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A service that is started for a measurement, and the memory and processor time of its process. Linux only. */
final class LoadedService implements AutoCloseable {

    static final String KEY = "key-of-the-measurement";

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final long PAUSE_MS = 20;
    private static final double TICKS_PER_SECOND = 100;

    private final Process process;
    private final int port;
    private final double secondsToReady;

    private LoadedService(Process process, int port, double secondsToReady) {
        this.process = process;
        this.port = port;
        this.secondsToReady = secondsToReady;
    }

    /**
     * Starts a service on loopback and waits until it is healthy.
     *
     * @param command its command line, such as {@code ./rollcall serve}
     * @param folder its data and its log
     * @param settings in addition to those of every measurement, which turn off rate limits and the daily limit of marks
     */
    static LoadedService start(List<String> command, Path folder, Map<String, String> settings)
            throws IOException, InterruptedException {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(folder.toFile(), "service.log")));
        builder.environment()
                .putAll(Map.of(
                        "HOST", "127.0.0.1",
                        "PORT", Integer.toString(port),
                        "API_KEY", KEY,
                        "DATA_DIR", folder.resolve("data").toString(),
                        "MAX_ATTENDANCE_PER_DAY", "100000",
                        "RATE_LIMIT_PER_MINUTE", "0",
                        "PERSON_RATE_LIMIT_PER_MINUTE", "0"));
        builder.environment().putAll(settings);
        long start = System.nanoTime();
        Process process = builder.start();
        await(process, port);
        return new LoadedService(process, port, (System.nanoTime() - start) / 1e9);
    }

    private static void await(Process process, int port) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                .build();
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                if (http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            Thread.sleep(PAUSE_MS);
        }
        process.destroyForcibly();
        throw new IOException("the service did not start; its log says why");
    }

    int port() {
        return port;
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
