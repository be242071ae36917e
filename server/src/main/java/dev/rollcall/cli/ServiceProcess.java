package dev.rollcall.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A service in a child process, started from the same program as this one. */
final class ServiceProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long STOP_SECONDS = 20;

    private final Process process;
    private final URI address;
    private final Path log;

    private ServiceProcess(Process process, URI address, Path log) {
        this.process = process;
        this.address = address;
        this.log = log;
    }

    /**
     * Starts a service on the loopback address; where the system supports it, it is stopped when the calling thread ends.
     *
     * @param folder where its data, its log and its temporary files go; also its working folder, so that no {@code .env} is read
     * @param settings environment variables beside HOST, PORT and DATA_DIR
     */
    static ServiceProcess start(Path folder, Map<String, String> settings) throws IOException, InterruptedException {
        int port = freePort();
        Path log = folder.resolve("service.log");
        ProcessBuilder builder = new ProcessBuilder(command(folder))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(settings);
        builder.environment().remove("DATABASE_URL");
        builder.environment().remove("SUPABASE_URL");
        builder.environment()
                .putAll(Map.of(
                        "HOST",
                        "127.0.0.1",
                        "PORT",
                        "" + port,
                        "DATA_DIR",
                        folder.resolve("data").toString()));
        return new ServiceProcess(builder.start(), URI.create("http://127.0.0.1:" + port), log);
    }

    URI address() {
        return address;
    }

    private static List<String> command(Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(parentDeathPrefix());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")),
                "-jar",
                Path.of(System.getProperty("java.class.path")).toAbsolutePath().toString(),
                "serve"));
        return command;
    }

    /**
     * Waits until the service can serve.
     *
     * @throws IOException if it ends instead, or takes too long; it is stopped then
     */
    void awaitHealthy() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest health = HttpRequest.newBuilder(address.resolve("/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                if (client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            Thread.sleep(POLL.toMillis());
        }
        close();
        throw new IOException("the service did not start; its log:\n" + Files.readString(log));
    }

    /** The prefix of a command that is stopped when this process is killed; empty where setpriv is missing. */
    private static List<String> parentDeathPrefix() throws InterruptedException {
        try {
            boolean works = new ProcessBuilder("setpriv", "--pdeathsig", "TERM", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
            return works ? List.of("setpriv", "--pdeathsig", "TERM") : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Stops the service and waits for its end. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
