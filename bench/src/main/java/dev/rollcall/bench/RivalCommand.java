package dev.rollcall.bench;

import dev.rollcall.bench.ClaimTrial.Result;
import dev.rollcall.bench.ClaimTrial.Rule;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.match.Calibration;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what refusing a claim in favour of a more similar person of the gallery brings and costs. */
@Command(
        name = "rival",
        description = "False matches and refusals with and without the rival rule, by threshold and margin.",
        mixinStandardHelpOptions = true)
final class RivalCommand implements Callable<Integer> {

    private static final double[] SIMILARITIES = {0.40, 0.45, 0.525, 0.60};
    private static final double[] MARGINS = {0, 0.02, 0.05};

    @Mixin
    private CollectionsOption images = new CollectionsOption();

    @Option(names = "--people", description = "people of a gallery, at most; those with several pictures first")
    private int people = Integer.MAX_VALUE;

    @Option(names = "--templates", description = "templates of a person, at most (${DEFAULT-VALUE})")
    private int templates = 1;

    @Option(
            names = "--names",
            description = "names the pairs whose false matches remain at the least threshold, to check their labels")
    private boolean names;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Map<String, ClaimTrial> trials = new LinkedHashMap<>();
        Calibration calibration;
        try (FaceEngine engine = new FaceEngine()) {
            calibration = engine.calibration();
            for (Pictures collection : images.collections()) {
                List<EnrolledPerson> enrolled =
                        EnrolledPerson.of(collection.embeddings(engine, collection.all()), templates);
                trials.put(
                        CollectionsOption.name(collection),
                        new ClaimTrial(enrolled.subList(0, Math.min(people, enrolled.size()))));
            }
        }
        printLine("| collection | people | held-back pictures |");
        printLine("|---|---|---|");
        trials.forEach((name, trial) -> printLine("| %s | %,d | %,d |", name, trial.people(), trial.probes()));
        printRates(trials, calibration);
        printPassing(trials);
        printMargins(trials);
        if (names) {
            trials.values().forEach(this::printNames);
        }
        return 0;
    }

    private void printRates(Map<String, ClaimTrial> trials, Calibration calibration) {
        printLine("");
        printLine(
                "| collection | confidence | similarity | false matches | of these with the rule | FMR | FMR with the rule |"
                        + " ratio | FNMR | FNMR with the rule |");
        printLine("|---|---|---|---|---|---|---|---|---|---|");
        trials.forEach((name, trial) -> {
            for (double similarity : SIMILARITIES) {
                Result plain = trial.ofEnrolled(new Rule(similarity, ClaimTrial.NO_RIVAL));
                Result rule = trial.ofEnrolled(new Rule(similarity, 0));
                printLine(
                        "| %s | %.2f | %.3f | %,d | %,d | %s | %s | %s | %s | %s |",
                        name,
                        calibration.confidence(similarity),
                        similarity,
                        plain.matches().size(),
                        rule.matches().size(),
                        plain.fmr().small(),
                        rule.fmr().small(),
                        remaining(trial, plain, rule),
                        plain.fnmr().percent(),
                        rule.fnmr().percent());
            }
        });
    }

    private static String remaining(ClaimTrial trial, Result plain, Result rule) {
        if (plain.matches().isEmpty()) {
            return "–";
        }
        Interval part = trial.bootstrap().remaining(rule.matches(), plain.matches());
        return String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", part.rate(), part.low(), part.high());
    }

    private void printPassing(Map<String, ClaimTrial> trials) {
        printLine("");
        printLine("| collection | similarity | enrolled, can pass as somebody | with the rule | not enrolled, can pass"
                + " | with the rule | not enrolled, FMR | with the rule |");
        printLine("|---|---|---|---|---|---|---|---|");
        trials.forEach((name, trial) -> {
            for (double similarity : SIMILARITIES) {
                Rule plain = new Rule(similarity, ClaimTrial.NO_RIVAL);
                Rule rule = new Rule(similarity, 0);
                printLine(
                        "| %s | %.3f | %s | %s | %s | %s | %s | %s |",
                        name,
                        similarity,
                        trial.ofEnrolled(plain).passing().percent(),
                        trial.ofEnrolled(rule).passing().percent(),
                        trial.ofStrangers(plain).passing().percent(),
                        trial.ofStrangers(rule).passing().percent(),
                        trial.ofStrangers(plain).fmr().small(),
                        trial.ofStrangers(rule).fmr().small());
            }
        });
    }

    private void printMargins(Map<String, ClaimTrial> trials) {
        printLine("");
        printLine(
                "| collection | similarity | margin | enrolled: false matches | FNMR | not enrolled: false matches |");
        printLine("|---|---|---|---|---|---|");
        trials.forEach((name, trial) -> {
            for (double similarity : SIMILARITIES) {
                for (double margin : MARGINS) {
                    Rule rule = new Rule(similarity, margin);
                    Result enrolled = trial.ofEnrolled(rule);
                    printLine(
                            "| %s | %.3f | %.2f | %,d | %s | %,d |",
                            name,
                            similarity,
                            margin,
                            enrolled.matches().size(),
                            enrolled.fnmr().percent(),
                            trial.ofStrangers(rule).matches().size());
                }
            }
        });
    }

    private void printNames(ClaimTrial trial) {
        printLine("");
        trial.ofEnrolled(new Rule(SIMILARITIES[0], 0)).matches().stream()
                .distinct()
                .forEach(match -> printLine(
                        "a picture of %s matches %s", trial.name(match.asking()), trial.name(match.claimed())));
    }

    private void printLine(String format, Object... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
