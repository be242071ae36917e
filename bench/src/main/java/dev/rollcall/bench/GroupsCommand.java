package dev.rollcall.bench;

import dev.rollcall.bench.Pair.Picture;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.match.Calibration;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures false matches and non-matches within groups of people, by sex and ethnicity. */
@Command(
        name = "groups",
        description = "False match and non-match rates by sex and ethnicity.",
        mixinStandardHelpOptions = true)
final class GroupsCommand implements Callable<Integer> {

    private static final String HEADER = "face_id,face_age,face_gender,face_eth";
    private static final int COLUMNS = 4;
    private static final List<Double> CONFIDENCES = List.of(0.70, 0.80, 0.90);

    @Mixin
    private ImagesOption images = new ImagesOption();

    @Option(names = "--people", required = true, description = "CSV with the columns " + HEADER)
    private Path file = Path.of("");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** A person; empty texts where nothing was said. */
    private record Member(String sex, String ethnicity) {}

    @Override
    public Integer call() throws IOException {
        Map<String, Member> members = members();
        Pictures pictures = images.pictures();
        try (FaceEngine engine = new FaceEngine()) {
            SortedMap<String, List<Picture>> people = pictures.people(1);
            people.keySet().retainAll(members.keySet());
            Map<Picture, Embedding> embeddings = pictures.embeddings(
                    engine, people.values().stream().flatMap(List::stream).toList());
            print(members, embeddings, engine.calibration());
        }
        return 0;
    }

    private Map<String, Member> members() throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw new IOException(file + " must begin with the line " + HEADER);
        }
        Map<String, Member> members = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            if (fields.length != COLUMNS) {
                throw new IOException(file + ": " + line);
            }
            members.put(fields[0], new Member(fields[2], fields[3]));
        }
        return members;
    }

    private void print(Map<String, Member> members, Map<Picture, Embedding> embeddings, Calibration calibration) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%d pictures with a face%n", embeddings.size());
        out.print("| people | number | pairs of people");
        CONFIDENCES.forEach(confidence -> out.printf(Locale.ROOT, " | false matches at %.2f | FMR", confidence));
        out.println(" | similarity of a person's pictures, lowest | refused at 0.80 |");
        out.println("|---|---|---|" + "---|---|".repeat(CONFIDENCES.size()) + "---|---|");
        groups(members).forEach((name, belongs) -> {
            Map<Picture, Embedding> own = new LinkedHashMap<>();
            embeddings.forEach((picture, embedding) -> {
                Member member = members.get(picture.person());
                if (member != null && belongs.test(member)) {
                    own.put(picture, embedding);
                }
            });
            print(out, name, own, calibration);
        });
        out.flush();
    }

    /** Everybody, each sex, each ethnicity, and both together. */
    private static Map<String, Predicate<Member>> groups(Map<String, Member> members) {
        Map<String, Predicate<Member>> groups = new LinkedHashMap<>();
        groups.put("all", member -> true);
        List<String> sexes = values(members, true);
        List<String> ethnicities = values(members, false);
        sexes.forEach(sex -> groups.put(sex, member -> member.sex().equals(sex)));
        ethnicities.forEach(
                ethnicity -> groups.put(ethnicity, member -> member.ethnicity().equals(ethnicity)));
        for (String ethnicity : ethnicities) {
            for (String sex : sexes) {
                groups.put(ethnicity + ", " + sex, new Member(sex, ethnicity)::equals);
            }
        }
        return groups;
    }

    private static List<String> values(Map<String, Member> members, boolean sex) {
        return members.values().stream()
                .map(member -> sex ? member.sex() : member.ethnicity())
                .filter(text -> !text.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    private void print(PrintWriter out, String name, Map<Picture, Embedding> own, Calibration calibration) {
        List<String> people =
                own.keySet().stream().map(Picture::person).distinct().toList();
        if (people.size() < 3) {
            return;
        }
        AllPairs all = AllPairs.of(own);
        StringBuilder line = new StringBuilder();
        line.append(String.format(
                Locale.ROOT, "| %s | %d | %,d", name, people.size(), people.size() * (people.size() - 1) / 2));
        for (double confidence : CONFIDENCES) {
            double similarity = calibration.similarity(confidence);
            line.append(String.format(
                    Locale.ROOT,
                    " | %d of %,d | %.1e",
                    all.impostorsFrom(similarity),
                    all.impostorCount(),
                    all.fmr(similarity)));
        }
        double[] lowest = {1};
        all.forEach((similarity, count, same) -> lowest[0] = same ? Math.min(lowest[0], similarity) : lowest[0]);
        out.println(line.append(String.format(
                Locale.ROOT, " | %.2f | %.1f %% |", lowest[0], 100 * all.fnmr(calibration.similarity(0.80)))));
    }
}
