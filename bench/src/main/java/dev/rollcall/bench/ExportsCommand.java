package dev.rollcall.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures exports: the packaged service with its own database, into which an archive was imported. Linux only. */
@Command(
        name = "exports",
        description = "Rows a second of exports of many marks, and the service's memory.",
        mixinStandardHelpOptions = true)
final class ExportsCommand implements Callable<Integer> {

    private static final int OK = 200;

    /** Bytes that a mark takes at least in CSV. */
    private static final int LEAST_BYTES = 100;

    @Option(names = "--service", description = "the launcher (${DEFAULT-VALUE})")
    private Path service = Path.of("./rollcall");

    @Option(names = "--people", description = "how many people (${DEFAULT-VALUE})")
    private int people = 1400;

    @Option(names = "--months", description = "how many months of marks (${DEFAULT-VALUE})")
    private int months = 12;

    @Option(names = "--marks", description = "marks of a person a day, an even number (${DEFAULT-VALUE})")
    private int marks = 2;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("rollcall-exports");
        try {
            long written = new SheetsArchive(people, months, marks).importInto(folder, service);
            try (LoadedService running =
                    LoadedService.start(List.of(service.toString(), "serve"), folder, Map.of("TIME_ZONE", "UTC"))) {
                print("%d people, %d marks; %.0f MB at rest", people, written, running.megabytes("VmRSS"));
                print("| call | seconds | MB | peak RSS MB |");
                print("|---|---|---|---|");
                String month = SheetsArchive.LAST.toString().substring(0, 7);
                long bytes = measure(running, "marks?format=csv");
                if (bytes < written * LEAST_BYTES) {
                    throw new IOException("the export has not all marks");
                }
                measure(running, "marks?format=xlsx");
                measure(running, "days?from=" + month + "-01&to=" + month + "-31&format=csv");
                measure(running, "months?format=xlsx&month=" + month);
                measure(running, "people/p0001/month?month=" + month);
            }
            return 0;
        } finally {
            LoadCommand.delete(folder);
        }
    }

    private long measure(LoadedService running, String call) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + running.port() + "/v1/exports/" + call))
                .header("X-API-Key", LoadedService.KEY)
                .build();
        running.resetPeak();
        long start = System.nanoTime();
        HttpResponse<InputStream> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        long bytes = 0;
        try (InputStream body = response.body()) {
            byte[] buffer = new byte[1 << 16];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                bytes += read;
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (response.statusCode() != OK) {
            throw new IOException(call + " was answered by " + response.statusCode());
        }
        print("| `%s` | %.1f | %.1f | %.0f |", call, seconds, bytes / 1e6, running.megabytes("VmHWM"));
        return bytes;
    }

    private void print(String format, Object... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
