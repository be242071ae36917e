package dev.rollcall.bench;

import dev.rollcall.bench.Tries.Try;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.FaceEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how much rarer refusals become with several images in a try, at the same false match rate. */
@Command(
        name = "images",
        description = "False non-matches with one, two and three images in a try, at the same false match rate.",
        mixinStandardHelpOptions = true)
final class ImagesCommand implements Callable<Integer> {

    private static final double DEFAULT_SIMILARITY = 0.45;
    private static final double[] MUTUAL = {0.20, 0.25, 0.30, 0.35, 0.40, 0.45};

    @Mixin
    private ImagesOption images = new ImagesOption();

    @Option(names = "--others", description = "folder of people who are only claimed to be, for more false claims")
    private @Nullable Path others;

    @Option(
            names = "--other-sessions",
            description =
                    "no tries from the session of the template; a session's files have the same name up to the last _")
    private boolean otherSessions;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Tries tries;
        List<Embedding> claimed;
        try (FaceEngine engine = new FaceEngine()) {
            Pictures pictures = images.pictures();
            tries = new Tries(pictures.faces(engine, pictures.all(), AnalysisRules.none()), otherSessions);
            claimed = new ArrayList<>(tries.templates());
            if (others != null) {
                Pictures more = new Pictures(others);
                claimed.addAll(new Tries(more.faces(engine, more.all(), AnalysisRules.none()), false).templates());
            }
        }
        long people = tries.all().stream().map(Try::person).distinct().count();
        printLine(
                "%,d tries of %,d people, %,d people claimed to be", tries.all().size(), people, claimed.size());
        printRates(tries, claimed);
        printMutual(tries);
        return 0;
    }

    private void printRates(Tries tries, List<Embedding> claimed) {
        printLine("");
        printLine("| images | put together by | FNMR at FMR 1e-3 | FNMR at FMR 1e-4 | similarity at FMR 1e-4"
                + " | FMR at similarity 0.450 | FNMR at 0.450 |");
        printLine("|---|---|---|---|---|---|---|");
        for (int count = 1; count <= Tries.IMAGES; count++) {
            for (Fusion fusion : Fusion.values()) {
                if (count > 1 || fusion == Fusion.BEST) {
                    print(count, fusion, new ImagesTrial(tries, claimed, fusion, count));
                }
            }
        }
    }

    private void print(int count, Fusion fusion, ImagesTrial trial) {
        printLine(
                "| %d | %s | %s | %s | %.3f | %.1e | %s |",
                count,
                count == 1 ? "–" : fusion.title(),
                trial.fnmr(trial.similarityAtFmr(1e-3)).percent(),
                trial.fnmr(trial.similarityAtFmr(1e-4)).percent(),
                trial.similarityAtFmr(1e-4),
                trial.fmr(DEFAULT_SIMILARITY),
                trial.fnmr(DEFAULT_SIMILARITY).percent());
    }

    private void printMutual(Tries tries) {
        printLine("");
        printLine("| least similarity within a try | tries of one person refused | mixtures of two people accepted |");
        printLine("|---|---|---|");
        List<Try> mixtures = mixtures(tries);
        for (double least : MUTUAL) {
            printLine(
                    "| %.2f | %.1f %% | %.2f %% |",
                    least, 100 - 100 * partFrom(tries.all(), least), 100 * partFrom(mixtures, least));
        }
    }

    /** Each try with its last image replaced by the first one of each try of another person. */
    private static List<Try> mixtures(Tries tries) {
        List<Try> mixtures = new ArrayList<>();
        for (Try one : tries.all()) {
            for (Try other : tries.all()) {
                if (one.person() != other.person()) {
                    mixtures.add(new Try(
                            one.person(),
                            List.of(
                                    one.images().get(0),
                                    one.images().get(1),
                                    other.images().get(0))));
                }
            }
        }
        return mixtures;
    }

    private static double partFrom(List<Try> tries, double least) {
        return (double) tries.parallelStream()
                        .filter(one -> one.leastSimilarity() >= least)
                        .count()
                / tries.size();
    }

    private void printLine(String format, Object... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
