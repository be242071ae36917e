package dev.rollcall.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures month sheets: the packaged service with its own database, into which an archive was imported. Linux only. */
@Command(
        name = "sheets",
        description = "Seconds of month sheets of many people, and the service's memory.",
        mixinStandardHelpOptions = true)
final class SheetsCommand implements Callable<Integer> {

    private static final int OK = 200;

    @Option(names = "--service", description = "the launcher (${DEFAULT-VALUE})")
    private Path service = Path.of("./rollcall");

    @Option(names = "--people", description = "how many people (${DEFAULT-VALUE})")
    private int people = 500;

    @Option(names = "--months", description = "how many months of marks (${DEFAULT-VALUE})")
    private int months = 1;

    @Option(names = "--marks", description = "marks of a person a day, an even number (${DEFAULT-VALUE})")
    private int marks = 6;

    @Option(names = "--rounds", description = "how often a sheet is asked for (${DEFAULT-VALUE})")
    private int rounds = 5;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("rollcall-sheets");
        try {
            long written = new SheetsArchive(people, months, marks).importInto(folder, service);
            try (LoadedService running =
                    LoadedService.start(List.of(service.toString(), "serve"), folder, Map.of("TIME_ZONE", "UTC"))) {
                print(
                        "%d people, %d months, %d marks; %.0f MB at rest",
                        people, months, written, running.megabytes("VmRSS"));
                print("| call | seconds, sorted | kB | peak RSS MB |");
                print("|---|---|---|---|");
                String month = SheetsArchive.LAST.toString().substring(0, 7);
                measure(running, "/v1/attendance/months?month=" + month + "&limit=" + Math.min(people, 1000));
                measure(running, "/v1/attendance/months?month=" + month + "&user_id=p0001");
                measure(running, "/v1/attendance/days?date=" + month + "-15&limit=1000");
                measure(
                        running,
                        "/v1/attendance/days?from=" + month + "-01&to=" + month + "-31&status=incomplete&limit=1000");
            }
            return 0;
        } finally {
            LoadCommand.delete(folder);
        }
    }

    private void measure(LoadedService running, String path) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        URI address = URI.create("http://127.0.0.1:" + running.port() + path);
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("X-API-Key", LoadedService.KEY)
                .build();
        List<Double> seconds = new ArrayList<>();
        int bytes = 0;
        running.resetPeak();
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            seconds.add((System.nanoTime() - start) / 1e9);
            bytes = response.body().length;
            if (response.statusCode() != OK) {
                throw new IOException(path + " was answered by " + response.statusCode());
            }
        }
        String sorted = seconds.stream()
                .sorted()
                .map(value -> String.format(Locale.ROOT, "%.2f", value))
                .reduce((one, other) -> one + " " + other)
                .orElse("");
        print("| `%s` | %s | %d | %.0f |", path, sorted, bytes / 1024, running.megabytes("VmHWM"));
    }

    private void print(String format, Object... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
