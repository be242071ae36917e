package dev.rollcall.bench;

import dev.rollcall.bench.IdentificationTrial.Rates;
import dev.rollcall.bench.Pair.Picture;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.match.Calibration;
import dev.rollcall.engine.match.ImpostorTail;
import dev.rollcall.recognition.accuracy.GallerySample;
import dev.rollcall.recognition.accuracy.Pace;
import dev.rollcall.recognition.accuracy.SiteEstimate;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures identification: who is found, who gets a wrong name, and which strangers get a name. */
@Command(
        name = "identify",
        description = "Identification by gallery size, target FPIR and margin to the next person.",
        mixinStandardHelpOptions = true)
final class IdentifyCommand implements Callable<Integer> {

    private static final double[] FPIRS = {0.01, 0.001};
    private static final double[] MARGINS = {0, 0.02, 0.05, 0.08, 0.10};

    private static final double DEFAULT_CONFIDENCE = 0.80;

    /** The part of the people that random galleries may take; the others are the strangers. */
    private static final double MOST_ENROLLED = 0.7;

    @Mixin
    private CollectionsOption images = new CollectionsOption();

    @Option(names = "--sizes", description = "people of a gallery (${DEFAULT-VALUE}); everybody besides", split = ",")
    private List<Integer> sizes = List.of(100, 1_000);

    @Option(names = "--galleries", description = "random galleries of each size (${DEFAULT-VALUE})")
    private int galleries = 20;

    @Option(names = "--templates", description = "templates of a person, at most (${DEFAULT-VALUE})")
    private int templates = 1;

    private Calibration calibration = new Calibration(1, 0);
    private ImpostorTail tail = new ImpostorTail(0, 1);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (FaceEngine engine = new FaceEngine()) {
            calibration = engine.calibration();
            tail = engine.impostorTail();
            for (Pictures collection : images.collections()) {
                measure(CollectionsOption.name(collection), collection.embeddings(engine, collection.all()));
            }
        }
        return 0;
    }

    private void measure(String name, Map<Picture, Embedding> embeddings) throws InterruptedException {
        List<EnrolledPerson> people = EnrolledPerson.of(embeddings, templates);
        PersonBootstrap bootstrap = new PersonBootstrap(people.size());
        List<IdentificationTrial> trials = new ArrayList<>();
        for (int size : sizes) {
            if (size <= people.size() * MOST_ENROLLED) {
                trials.add(new IdentificationTrial(people, size, galleries));
            }
        }
        trials.add(new IdentificationTrial(people, people.size(), 1));
        printLine("%n%s: %,d people%n", name, people.size());
        printTargets(trials, bootstrap);
        printOwnTail(people, trials.get(trials.size() - 1), bootstrap);
        printMargins(trials, bootstrap);
        printTwins(new TwinTrial(EnrolledPerson.of(embeddings, 2)));
    }

    private void printTargets(List<IdentificationTrial> trials, PersonBootstrap bootstrap) {
        printLine(
                "| people | templates | target FPIR | similarity | confidence | FPIR | rank 1 | right name | wrong name"
                        + " | refused |");
        printLine("|---|---|---|---|---|---|---|---|---|---|");
        for (IdentificationTrial trial : trials) {
            for (double fpir : FPIRS) {
                double threshold = tail.similarityForGallery(trial.templates(), fpir);
                printTarget(trial, String.format(Locale.ROOT, "%.1f %%", 100 * fpir), threshold, bootstrap);
            }
            printTarget(trial, "–", calibration.similarity(DEFAULT_CONFIDENCE), bootstrap);
        }
    }

    /** The service's threshold for the whole gallery: also by the gallery's own tail, and not below that of verification. */
    private void printOwnTail(List<EnrolledPerson> people, IdentificationTrial trial, PersonBootstrap bootstrap)
            throws InterruptedException {
        GallerySample sample = new GallerySample();
        people.forEach(person -> sample.add(person.name(), person.templates(), Set.of()));
        SiteEstimate estimate = SiteEstimate.of(sample, tail, Pace.full());
        for (double fpir : FPIRS) {
            double byOwnTail = estimate.rates().tail().similarityForGallery(people.size(), fpir);
            double threshold = Math.max(
                    Math.max(byOwnTail, calibration.similarity(DEFAULT_CONFIDENCE)),
                    tail.similarityForGallery(trial.templates(), fpir));
            printTarget(trial, String.format(Locale.ROOT, "%.1f %%, own tail", 100 * fpir), threshold, bootstrap);
        }
    }

    private void printTarget(IdentificationTrial trial, String target, double threshold, PersonBootstrap bootstrap) {
        Rates rates = trial.rates(bootstrap, threshold, 0);
        printLine(
                "| %,d | %,d | %s | %.3f | %.2f | %s | %.2f %% | %s | %s | %s |",
                trial.people(),
                trial.templates(),
                target,
                threshold,
                calibration.confidence(threshold),
                rates.strangers().percent(),
                100 * trial.rankOne(),
                rates.named().percent(),
                rates.wrong().percent(),
                rates.refused().percent());
    }

    private void printMargins(List<IdentificationTrial> trials, PersonBootstrap bootstrap) {
        printLine(
                "%n| people | target FPIR | margin | right name | wrong name | ambiguous | FPIR | strangers ambiguous |");
        printLine("|---|---|---|---|---|---|---|---|");
        for (IdentificationTrial trial : trials) {
            for (double fpir : FPIRS) {
                double threshold = tail.similarityForGallery(trial.templates(), fpir);
                for (double margin : MARGINS) {
                    Rates rates = trial.rates(bootstrap, threshold, margin);
                    printLine(
                            "| %,d | %.1f %% | %.2f | %.2f %% | %.2f %% | %.2f %% | %.2f %% | %.2f %% |",
                            trial.people(),
                            100 * fpir,
                            margin,
                            100 * rates.named().rate(),
                            100 * rates.wrong().rate(),
                            100 * rates.ambiguous().rate(),
                            100 * rates.strangers().rate(),
                            100 * rates.ambiguousStrangers().rate());
                }
            }
        }
    }

    private void printTwins(TwinTrial twins) {
        if (twins.searches() == 0) {
            return;
        }
        printLine("%nTwo people who look the same, %,d searches:%n", twins.searches());
        printLine("| margin | ambiguous |");
        printLine("|---|---|");
        double threshold = calibration.similarity(DEFAULT_CONFIDENCE);
        for (double margin : MARGINS) {
            printLine("| %.2f | %.0f %% |", margin, 100 * twins.ambiguous(threshold, margin));
        }
    }

    private void printLine(String format, Object... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
