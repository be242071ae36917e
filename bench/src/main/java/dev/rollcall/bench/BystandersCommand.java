package dev.rollcall.bench;

import dev.rollcall.bench.Pair.Picture;
import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.AnalysisRules.OtherFaces;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.FaceEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how many pictures with a second face are verified, and whether anybody else than their subject is. */
@Command(
        name = "bystanders",
        description =
                "Pictures refused for a second face, with and without the rule about bystanders; everybody with a picture"
                        + " without a second face is enrolled with the first one.",
        mixinStandardHelpOptions = true)
final class BystandersCommand implements Callable<Integer> {

    private static final AnalysisRules STRICT = AnalysisRules.recognition().withLiveness(LivenessMode.OFF);

    @Mixin
    private CollectionsOption images = new CollectionsOption();

    @Option(names = "--threshold", description = "confidence of a match (${DEFAULT-VALUE})")
    private double threshold = 0.80;

    @Option(names = "--names", description = "name the pictures whose subject is a doubt")
    private boolean names;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (FaceEngine engine = new FaceEngine()) {
            for (Pictures collection : images.collections()) {
                new Trial(engine, collection).print(spec.commandLine().getOut());
            }
        }
        return 0;
    }

    /** A picture whose most prominent face is taken as its subject. */
    private record Taken(Picture picture, Embedding subject, List<Embedding> bystanders) {}

    /** The pictures of one collection. */
    private final class Trial {

        private final String name;
        private final double similarity;
        private final Map<String, Embedding> gallery = new TreeMap<>();
        private final List<Taken> taken = new ArrayList<>();
        private int good;
        private int refused;

        Trial(FaceEngine engine, Pictures collection) throws IOException {
            name = CollectionsOption.name(collection);
            similarity = engine.calibration().similarity(threshold);
            List<Picture> all = collection.all();
            try (ProgressBar progress = new ProgressBar("pictures", all.size())) {
                for (Picture picture : all) {
                    look(engine, picture, collection.bytes(picture));
                    progress.step();
                }
            }
        }

        /** Good pictures are those that would be accepted if nobody minded a second face. */
        private void look(FaceEngine engine, Picture picture, byte[] file) {
            if (engine.analyze(file, STRICT) instanceof Analysis.Accepted accepted) {
                good++;
                gallery.putIfAbsent(picture.person(), accepted.face().embedding());
            } else if (accepts(engine, file, OtherFaces.IGNORED)) {
                good++;
                refused++;
                if (engine.analyze(file, STRICT.withOtherFaces(OtherFaces.BYSTANDERS))
                        instanceof Analysis.Accepted accepted) {
                    taken.add(new Taken(picture, accepted.face().embedding(), accepted.bystanders()));
                }
            }
        }

        private static boolean accepts(FaceEngine engine, byte[] file, OtherFaces others) {
            return engine.analyze(file, STRICT.withOtherFaces(others)) instanceof Analysis.Accepted;
        }

        void print(PrintWriter out) {
            List<Taken> known = taken.stream()
                    .filter(one -> gallery.containsKey(one.picture().person()))
                    .toList();
            List<Taken> verified =
                    taken.stream().filter(one -> !besideSomebody(one)).toList();
            List<Taken> wrong = known.stream().filter(this::isWrong).toList();
            List<Taken> elsewhere =
                    verified.stream().filter(this::isSomebodyElse).toList();
            out.printf("%n| %s | |%n|---|---|%n", name);
            line(out, "good pictures, people enrolled", good, gallery.size());
            line(out, "refused without the rule, of the good ones", refused, good);
            line(out, "whose subject is clear, of these", taken.size(), refused);
            line(
                    out,
                    "refused for a bystander who matches somebody else, of those",
                    taken.size() - verified.size(),
                    taken.size());
            line(out, "refused with the rule, of those without", refused - verified.size(), refused);
            line(
                    out,
                    "subject matches the person of the picture, of the clear ones with a person who is enrolled",
                    (int) known.stream()
                            .filter(one -> toOwn(one, one.subject()) >= similarity)
                            .count(),
                    known.size());
            line(out, "subject is a wrong person, of those", wrong.size(), known.size());
            List<Taken> enrolled = elsewhere.stream().filter(known::contains).toList();
            line(
                    out,
                    "people who are enrolled and match somebody else better, of those",
                    enrolled.size(),
                    known.size());
            line(
                    out,
                    "strangers who match somebody, of those who are not enrolled",
                    elsewhere.size() - enrolled.size(),
                    taken.size() - known.size());
            if (names) {
                wrong.forEach(
                        one -> out.println("wrong subject: " + one.picture().name()));
                elsewhere.forEach(one ->
                        out.println("marked as somebody else: " + one.picture().name()));
            }
            out.flush();
        }

        private static void line(PrintWriter out, String what, int part, int whole) {
            out.printf(
                    Locale.ROOT,
                    "| %s | %d, %d (%.1f %%) |%n",
                    what,
                    part,
                    whole,
                    whole == 0 ? 0 : 100.0 * part / whole);
        }

        private double toOwn(Taken one, Embedding face) {
            Embedding own = gallery.get(one.picture().person());
            return own == null ? -1 : own.similarity(face);
        }

        /** A bystander is the person of the picture, and the subject isn't. */
        private boolean isWrong(Taken one) {
            return toOwn(one, one.subject()) < similarity
                    && one.bystanders().stream().anyMatch(bystander -> toOwn(one, bystander) >= similarity);
        }

        private boolean besideSomebody(Taken one) {
            return one.bystanders().stream().anyMatch(bystander -> nearestOther(one, bystander) >= similarity);
        }

        private boolean isSomebodyElse(Taken one) {
            double other = nearestOther(one, one.subject());
            return other >= similarity && other > toOwn(one, one.subject());
        }

        private double nearestOther(Taken one, Embedding face) {
            return gallery.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(one.picture().person()))
                    .mapToDouble(entry -> entry.getValue().similarity(face))
                    .max()
                    .orElse(-1);
        }
    }
}
