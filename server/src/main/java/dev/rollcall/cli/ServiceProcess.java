package dev.rollcall.cli;

import dev.rollcall.files.LoopbackPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A service in a child process, on a free port of the loopback address: for the demo, the tests and the benchmarks, all on
 * the JDK alone. {@link #close} may be called from any thread.
 */
public final class ServiceProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final long STOP_SECONDS = 30;
    private static final int OK = 200;

    /** Settings that would make the child use the parent's database. */
    private static final List<String> NOT_INHERITED = List.of("DATABASE_URL", "SUPABASE_URL", "SUPABASE_KEY");

    private final Process process;
    private final URI address;
    private final Path log;

    private ServiceProcess(Process process, URI address, Path log) {
        this.process = process;
        this.address = address;
        this.log = log;
    }

    /**
     * How a service is started.
     *
     * @param command the command line, such as {@code ./rollcall serve}
     * @param folder the working folder; the data folder is {@code data} in it unless DATA_DIR is set
     * @param log the file to which the output is appended
     * @param settings environment variables beside HOST, PORT and those that are inherited
     */
    public record Launch(List<String> command, Path folder, Path log, Map<String, String> settings) {

        /** Starts the command, whatever it is, without waiting for anything. */
        public Process start() throws IOException {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            Map<String, String> environment = builder.environment();
            NOT_INHERITED.forEach(environment::remove);
            environment.put("HOST", "127.0.0.1");
            environment.put("DATA_DIR", folder.resolve("data").toString());
            environment.putAll(settings);
            return builder.start();
        }
    }

    /** Starts a service on a free port; {@link #awaitHealthy} waits until it can serve. */
    public static ServiceProcess start(Launch launch) throws IOException {
        int port = LoopbackPort.free();
        Map<String, String> settings = new HashMap<>(launch.settings());
        settings.put("PORT", Integer.toString(port));
        Process process = new Launch(launch.command(), launch.folder(), launch.log(), settings).start();
        return new ServiceProcess(process, URI.create("http://127.0.0.1:" + port), launch.log());
    }

    public URI address() {
        return address;
    }

    public Process process() {
        return process;
    }

    /** Everything that the service has printed. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /**
     * Waits until the service can serve.
     *
     * @throws IOException if it ends instead, or takes longer than two minutes; it is stopped then
     */
    public void awaitHealthy() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest health = HttpRequest.newBuilder(address.resolve("/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                if (client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == OK) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            Thread.sleep(POLL.toMillis());
        }
        close();
        throw new IOException("the service did not start; its log:\n" + log());
    }

    /** Kills the process, which can't do anything more, and waits for its end. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks the service to stop and waits for its end; kills it after 30 seconds. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
