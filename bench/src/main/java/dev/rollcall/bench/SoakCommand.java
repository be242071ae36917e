package dev.rollcall.bench;

import dev.rollcall.bench.LoadRound.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.knowm.xchart.BitmapEncoder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends thousands of recognitions to a service and draws its memory over them. */
@Command(
        name = "soak",
        description = "Send many recognitions, and draw the memory of the service and its database.",
        mixinStandardHelpOptions = true)
final class SoakCommand implements Callable<Integer> {

    @Option(names = "--service", split = " ", description = "the service's command line (${DEFAULT-VALUE})")
    private List<String> service = List.of("./rollcall", "serve");

    @Option(names = "--portraits", description = "a folder of PNG portraits, one of each person (${DEFAULT-VALUE})")
    private Path portraits = Path.of("portraits");

    @Option(names = "--recognitions", description = "number of recognitions (${DEFAULT-VALUE})")
    private int recognitions = 10_000;

    @Option(names = "--clients", description = "number of concurrent clients (${DEFAULT-VALUE})")
    private int clients = 10;

    @Option(names = "--plot", required = true, description = "the PNG to draw")
    private Path plot = Path.of("");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final List<Double> served = new ArrayList<>();
    private final List<Double> memory = new ArrayList<>();
    private final List<Double> database = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("rollcall-soak");
        try (LoadedService running = LoadedService.start(service, folder, Map.of())) {
            if (!measure(running)) {
                return 1;
            }
        } finally {
            LoadCommand.delete(folder);
        }
        BitmapEncoder.saveBitmap(
                Charts.memory(served, memory, database), plot.toString(), BitmapEncoder.BitmapFormat.PNG);
        int quarter = served.size() / 4;
        printLine(
                "%.0f recognitions; RSS of the service %.0f MB after a quarter, %.0f at the end; of the database %.0f and %.0f",
                served.get(served.size() - 1),
                memory.get(quarter),
                memory.get(memory.size() - 1),
                database.get(quarter),
                database.get(database.size() - 1));
        return 0;
    }

    /** Records the memory once a second; false if a request was not served. */
    private boolean measure(LoadedService running) throws IOException, InterruptedException {
        LoadPeople people = new LoadPeople(portraits);
        people.enroll(running);
        LoadRound round = new LoadRound(running.port(), people.recognitions(640, 480));
        double all = 0;
        while (all < recognitions) {
            Outcome outcome = round.run(clients, 1);
            all += outcome.milliseconds().size();
            if (!outcome.failed().isEmpty() || outcome.refused() > 0) {
                printLine("not all requests were served: %s, %d refused", outcome.failed(), outcome.refused());
                return false;
            }
            served.add(all);
            memory.add(running.megabytes("VmRSS"));
            database.add(running.databaseMegabytes());
        }
        return true;
    }

    private void printLine(String format, Object... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
