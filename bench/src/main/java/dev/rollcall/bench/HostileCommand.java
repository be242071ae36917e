package dev.rollcall.bench;

import dev.rollcall.bench.LoadRound.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Attacks a service by one kind of client after another, and measures how another client is served meanwhile. */
@Command(
        name = "hostile",
        description =
                "Attack a service in several ways, and print how it serves another client meanwhile and its memory.",
        mixinStandardHelpOptions = true)
final class HostileCommand implements Callable<Integer> {

    private static final int ATTACK_MS = 8_000;
    private static final long PROBE_INTERVAL_MS = 100;
    private static final int TIMEOUT_MS = 20_000;

    @Option(names = "--service", split = " ", description = "the service's command line (${DEFAULT-VALUE})")
    private List<String> service = List.of("./rollcall", "serve");

    @Option(names = "--portraits", description = "a folder of PNG portraits, one of each person (${DEFAULT-VALUE})")
    private Path portraits = Path.of("portraits");

    @Option(names = "--minutes", description = "duration in minutes (${DEFAULT-VALUE})")
    private int minutes = 30;

    @Option(names = "--seed", description = "decides what is sent, and how much (${DEFAULT-VALUE})")
    private long seed = 1;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final Map<HostileClients.Kind, List<Double>> milliseconds = new EnumMap<>(HostileClients.Kind.class);
    private final Map<HostileClients.Kind, Integer> unserved = new EnumMap<>(HostileClients.Kind.class);
    private volatile HostileClients.Kind current = HostileClients.Kind.NOISE;
    private volatile boolean ended;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("rollcall-hostile");
        LoadPeople people = new LoadPeople(portraits);
        try (LoadedService running = LoadedService.start(service, folder, Map.of())) {
            people.enroll(running);
            Thread prober = new Thread(() -> probe(running.port()), "prober");
            prober.start();
            attack(running);
            ended = true;
            prober.join();
            Outcome after = new LoadRound(running.port(), people.recognitions(640, 480)).run(1, 5);
            print(running, after);
            return after.failed().isEmpty() && unserved.isEmpty() ? 0 : 1;
        } finally {
            LoadCommand.delete(folder);
        }
    }

    private void attack(LoadedService running) throws IOException, InterruptedException {
        Random random = new Random(seed);
        HostileClients clients = new HostileClients(running.port(), random);
        HostileClients.Kind[] kinds = HostileClients.Kind.values();
        long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
        while (System.nanoTime() < end) {
            current = kinds[random.nextInt(kinds.length)];
            clients.attack(current, ATTACK_MS);
        }
    }

    /** Lists people with a valid key again and again, on a new connection each time. */
    private void probe(int port) {
        URI people = URI.create("http://127.0.0.1:" + port + "/v1/people?limit=1");
        while (!ended) {
            HostileClients.Kind during = current;
            long start = System.nanoTime();
            try {
                int status = status(people);
                if (status != 200) {
                    notServed(during, "status " + status);
                }
                Thread.sleep(PROBE_INTERVAL_MS);
            } catch (IOException e) {
                notServed(during, e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            milliseconds
                    .computeIfAbsent(during, unused -> new ArrayList<>())
                    .add((System.nanoTime() - start) / 1e6 - PROBE_INTERVAL_MS);
        }
    }

    private void notServed(HostileClients.Kind during, String what) {
        unserved.merge(during, 1, Integer::sum);
        PrintWriter err = spec.commandLine().getErr();
        err.println(during + ": " + what);
        err.flush();
    }

    private static int status(URI address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setRequestProperty("X-API-Key", LoadedService.KEY);
        connection.setRequestProperty("Connection", "close");
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        int status = connection.getResponseCode();
        connection.disconnect();
        return status;
    }

    private void print(LoadedService running, Outcome after) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println("| attack | requests of another client | not served | p50 ms | p99 ms | most ms |");
        out.println("|---|---|---|---|---|---|");
        milliseconds.forEach((kind, times) -> {
            Collections.sort(times);
            out.println(String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %.0f | %.0f | %.0f |",
                    kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    times.size(),
                    unserved.getOrDefault(kind, 0),
                    times.get(times.size() / 2),
                    times.get((int) (times.size() * 0.99)),
                    times.get(times.size() - 1)));
        });
        out.println(String.format(
                Locale.ROOT,
                "peak RSS %.0f MB, at the end %.0f MB; afterwards %d recognitions in 5 s, %d failed",
                running.megabytes("VmHWM"),
                running.megabytes("VmRSS"),
                after.milliseconds().size(),
                after.failed().size()));
        out.flush();
    }
}
