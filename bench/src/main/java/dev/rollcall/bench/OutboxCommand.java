package dev.rollcall.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures what events cost a mark: manual marks of one client, in turns without a webhook, with one and with as many as there may be. The
 * receivers have no address, so that nothing but the writing of events is measured. Linux only.
 */
@Command(
        name = "outbox",
        description = "What events for other systems cost a mark, without and with webhooks.",
        mixinStandardHelpOptions = true)
final class OutboxCommand implements Callable<Integer> {

    private static final int FIRST_ERROR = 400;
    private static final List<Integer> WEBHOOKS = List.of(0, 1, 20);
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f]{12})\"");

    @Option(names = "--service", description = "the launcher (${DEFAULT-VALUE})")
    private Path service = Path.of("./rollcall");

    @Option(names = "--rounds", description = "how often each number of webhooks has its turn (${DEFAULT-VALUE})")
    private int rounds = 10;

    @Option(names = "--marks", description = "marks of a turn (${DEFAULT-VALUE})")
    private int marks = 50;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Instant first = Instant.now().minus(200, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    private int written;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("rollcall-outbox");
        try {
            new SheetsArchive(1, 1, 2).importInto(folder, service);
            try (LoadedService running =
                    LoadedService.start(List.of(service.toString(), "serve"), folder, Map.of("TIME_ZONE", "UTC"))) {
                measure(running);
            }
            return 0;
        } finally {
            LoadCommand.delete(folder);
        }
    }

    private void measure(LoadedService running) throws IOException, InterruptedException {
        List<String> webhooks = new ArrayList<>();
        for (int number = 0; number < Collections.max(WEBHOOKS); number++) {
            String made = call(
                    running,
                    "POST",
                    "/v1/webhooks",
                    "{\"name\":\"w\",\"url\":\"https://hook.invalid/\",\"events\":[\"mark.corrected\"]}");
            Matcher id = ID.matcher(made);
            if (!id.find()) {
                throw new IOException("a webhook has no id: " + made);
            }
            webhooks.add(id.group(1));
        }
        List<List<Double>> milliseconds = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int round = -1; round < rounds; round++) {
            for (int turn = 0; turn < WEBHOOKS.size(); turn++) {
                enable(running, webhooks, WEBHOOKS.get(turn));
                List<Double> measured = marks(running);
                if (round >= 0) {
                    milliseconds.get(turn).addAll(measured);
                }
            }
        }
        print("| webhooks | median ms of a mark | ratio |");
        print("|---|---|---|");
        double without = median(milliseconds.get(0));
        for (int turn = 0; turn < WEBHOOKS.size(); turn++) {
            double median = median(milliseconds.get(turn));
            print("| %d | %.2f | %.2f |", WEBHOOKS.get(turn), median, median / without);
        }
    }

    /** Enables as many webhooks, and pauses the others. */
    private void enable(LoadedService running, List<String> webhooks, int number)
            throws IOException, InterruptedException {
        for (int index = 0; index < webhooks.size(); index++) {
            call(
                    running,
                    "PATCH",
                    "/v1/webhooks/" + webhooks.get(index),
                    "{\"state\":\"" + (index < number ? "enabled" : "paused") + "\"}");
        }
    }

    private List<Double> marks(LoadedService running) throws IOException, InterruptedException {
        List<Double> measured = new ArrayList<>();
        for (int mark = 0; mark < marks; mark++) {
            String body = "{\"user_id\":\"p0000\",\"at\":\"" + first.plus(written++, ChronoUnit.MINUTES)
                    + "\",\"direction\":\"in\",\"reason\":\"measured\"}";
            long start = System.nanoTime();
            call(running, "POST", "/v1/attendance", body);
            measured.add((System.nanoTime() - start) / 1e6);
        }
        return measured;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private String call(LoadedService running, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running.port() + path))
                .header("X-API-Key", LoadedService.KEY)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= FIRST_ERROR) {
            throw new IOException(path + " was answered by " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private void print(String format, Object... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
