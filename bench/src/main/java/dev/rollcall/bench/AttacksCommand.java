package dev.rollcall.bench;

import dev.rollcall.bench.LivenessTrial.Scored;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.QualityLevel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how many attacks pass the liveness check, and how many living faces it refuses. */
@Command(
        name = "attacks",
        description = "Attacks that pass (APCER) and living faces refused (BPCER) by liveness threshold.",
        mixinStandardHelpOptions = true)
final class AttacksCommand implements Callable<Integer> {

    private static final double[] THRESHOLDS = {0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99};
    private static final double DEFAULT = AnalysisRules.DEFAULT_LIVENESS_THRESHOLD;
    private static final int WORST = 24;

    @Option(
            names = "--live",
            description =
                    "folder with a folder KIND or KIND-SUBJECT of pictures for each living person; may be repeated")
    private List<Path> live = List.of();

    @Option(names = "--people", description = "collection of living people, one folder for each; may be repeated")
    private List<Path> people = List.of();

    @Option(
            names = "--spoof",
            required = true,
            description = "folder with a folder KIND or KIND-SUBJECT of pictures for each attack; may be repeated")
    private List<Path> spoof = List.of();

    @Option(names = "--models", description = "folder with models of one's own")
    private @Nullable Path models;

    @Option(
            names = "--quality",
            description = "OFF, STANDARD or STRICT: pictures that are refused for it are not scored (${DEFAULT-VALUE})")
    private QualityLevel quality = QualityLevel.OFF;

    @Option(
            names = "--out",
            description = "page with the curve and the worst pictures; it shows people, so don't publish it")
    private @Nullable Path page;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<Presentation> pictures = pictures();
        LivenessScores scores = LivenessScores.of(pictures, quality, models);
        Map<String, LivenessTrial> trials = new LinkedHashMap<>();
        scores.byName().forEach((name, scored) -> trials.put(name, new LivenessTrial(scored)));
        PrintWriter out = spec.commandLine().getOut();
        printPictures(out, pictures, scores);
        printSummary(out, trials);
        trials.forEach((name, trial) -> printThresholds(out, name, trial));
        if (page != null) {
            Files.writeString(page, page(trials).toString());
            out.println("\nWritten: " + page);
        }
        out.flush();
        return 0;
    }

    private List<Presentation> pictures() throws IOException {
        List<Presentation> pictures = new ArrayList<>();
        for (Path folder : live) {
            pictures.addAll(Presentation.in(folder, true));
        }
        for (Path folder : people) {
            pictures.addAll(Presentation.ofPeople(new Pictures(folder)));
        }
        for (Path folder : spoof) {
            pictures.addAll(Presentation.in(folder, false));
        }
        return pictures;
    }

    private static void printPictures(PrintWriter out, List<Presentation> pictures, LivenessScores scores) {
        out.println("| pictures | subjects | number | without a usable face |");
        out.println("|---|---|---|---|");
        SortedSet<String> kinds = new TreeSet<>();
        pictures.forEach(picture -> kinds.add((picture.live() ? "+" : "") + picture.kind()));
        for (String kind : kinds) {
            boolean living = kind.startsWith("+");
            List<Presentation> own = pictures.stream()
                    .filter(one -> one.live() == living && kind.equals((living ? "+" : "") + one.kind()))
                    .toList();
            out.printf(
                    "| %s | %d | %d | %d |%n",
                    living ? "living: " + kind.substring(1) : "attack: " + kind,
                    own.stream().map(Presentation::subject).distinct().count(),
                    own.size(),
                    scores.unanswered().getOrDefault(kind, 0));
        }
    }

    private static void printSummary(PrintWriter out, Map<String, LivenessTrial> trials) {
        out.printf(
                Locale.ROOT,
                "%n| score | BPCER at %1$.1f | highest APCER at %1$.1f | ACER at %1$.1f | EER |%n",
                DEFAULT);
        out.println("|---|---|---|---|---|");
        trials.forEach((name, trial) -> out.printf(
                "| %s | %s | %s | %s | %s |%n",
                name,
                trial.bpcer(DEFAULT).percent(),
                trial.apcer(DEFAULT).entrySet().stream()
                        .max(Map.Entry.comparingByValue((one, other) -> Double.compare(one.rate(), other.rate())))
                        .map(entry -> entry.getKey() + " " + entry.getValue().percent())
                        .orElse("–"),
                trial.acer(DEFAULT).percent(),
                trial.equalErrorRate().percent()));
    }

    private static void printThresholds(PrintWriter out, String name, LivenessTrial trial) {
        out.printf(Locale.ROOT, "%nScore: %s%n%n| rate | at %.1f, with its interval", name, DEFAULT);
        for (double threshold : THRESHOLDS) {
            out.printf(Locale.ROOT, " | %.2f", threshold);
        }
        out.println(" |");
        out.println("|---|---|" + "---|".repeat(THRESHOLDS.length));
        trial.bpcerByKind(DEFAULT)
                .keySet()
                .forEach(kind -> printRow(out, "BPCER " + kind, threshold -> trial.bpcerByKind(threshold)
                        .get(kind)));
        trial.apcer(DEFAULT)
                .keySet()
                .forEach(kind -> printRow(out, "APCER " + kind, threshold -> trial.apcer(threshold)
                        .get(kind)));
        printRow(out, "BPCER of all", trial::bpcer);
        printRow(out, "ACER", trial::acer);
    }

    private static void printRow(PrintWriter out, String name, DoubleFunction<@Nullable Interval> rate) {
        out.printf(
                "| %s | %s", name, Objects.requireNonNull(rate.apply(DEFAULT)).percent());
        for (double threshold : THRESHOLDS) {
            out.printf(
                    Locale.ROOT,
                    " | %.1f %%",
                    100 * Objects.requireNonNull(rate.apply(threshold)).rate());
        }
        out.println(" |");
    }

    private static HtmlPage page(Map<String, LivenessTrial> trials) throws IOException {
        HtmlPage page = new HtmlPage("Attacks on the liveness check of Rollcall");
        page.paragraph("This page shows people. Don't publish it.");
        Map<String, Verification> curves = new LinkedHashMap<>();
        trials.forEach((name, trial) -> curves.put(name, trial.allKinds()));
        page.chart(Charts.attacks(curves));
        trials.forEach((name, trial) -> {
            page.heading(name + ": attacks with the highest scores");
            trial.worstAttacks(WORST).forEach(one -> add(page, one));
            page.heading(name + ": living faces with the lowest scores");
            trial.worstLiving(WORST).forEach(one -> add(page, one));
        });
        return page;
    }

    private static void add(HtmlPage page, Scored one) {
        Presentation picture = one.presentation();
        String type = picture.file().toString().replaceFirst(".*\\.", "").toLowerCase(Locale.ROOT);
        page.figure(
                type.equals("jpg") ? "jpeg" : type,
                picture.bytes(),
                String.format(
                        Locale.ROOT,
                        "%.3f<br>%s<br>%s",
                        one.score(),
                        picture.subject(),
                        picture.file().getFileName()));
    }
}
