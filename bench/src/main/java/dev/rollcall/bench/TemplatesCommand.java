package dev.rollcall.bench;

import dev.rollcall.bench.Pair.Picture;
import dev.rollcall.bench.Verification.Score;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.match.TemplateChoice.Candidate;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleBiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares ways to score a face against several templates of a person, and policies of which templates a person keeps. */
@Command(
        name = "templates",
        description = "Compares ways to score a face against several templates of a person.",
        mixinStandardHelpOptions = true)
final class TemplatesCommand implements Callable<Integer> {

    private static final Map<String, ToDoubleBiFunction<Embedding, List<Embedding>>> METHODS = new LinkedHashMap<>();

    static {
        METHODS.put("first template alone", (probe, own) -> probe.similarity(own.get(0)));
        METHODS.put("best of the templates", TemplatesCommand::best);
        METHODS.put("mean of the similarities", TemplatesCommand::meanSimilarity);
        METHODS.put("averaged template", TemplatesCommand::averaged);
        METHODS.put("half best, half averaged", (probe, own) -> (best(probe, own) + averaged(probe, own)) / 2);
    }

    @Mixin
    private ImagesOption images = new ImagesOption();

    @Option(names = "--templates", description = "templates of a person, at most (${DEFAULT-VALUE})")
    private int templates = 5;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Pictures pictures = images.pictures();
        SortedMap<String, List<Picture>> people = pictures.people(3);
        Map<Picture, Face> faces;
        try (FaceEngine engine = new FaceEngine()) {
            faces = pictures.faces(
                    engine, people.values().stream().flatMap(List::stream).toList(), AnalysisRules.none());
        }
        List<List<Embedding>> embeddings = people.values().stream()
                .map(own -> own.stream()
                        .map(faces::get)
                        .filter(Objects::nonNull)
                        .map(Face::embedding)
                        .toList())
                .filter(own -> own.size() >= 3)
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%d people with 3 pictures or more%n", embeddings.size());
        out.println("| comparison | EER | FNMR at FMR 1e-3 | FNMR at FMR 1e-4 |");
        out.println("|---|---|---|---|");
        METHODS.forEach((name, way) -> print(out, name, new Verification(scores(embeddings, way))));
        TemplatePolicies policies = new TemplatePolicies(candidates(people, faces));
        policies.print(out, 3);
        policies.print(out, templates);
        out.flush();
        return 0;
    }

    private static List<List<Candidate>> candidates(SortedMap<String, List<Picture>> people, Map<Picture, Face> faces) {
        return people.values().stream()
                .map(own -> own.stream()
                        .map(faces::get)
                        .filter(Objects::nonNull)
                        .map(face ->
                                new Candidate(face.embedding(), face.quality().embeddingNorm()))
                        .toList())
                .filter(own -> own.size() >= 3)
                .toList();
    }

    /** Compares each picture with its person's other pictures, and with every other person's first ones. */
    private List<Score> scores(List<List<Embedding>> people, ToDoubleBiFunction<Embedding, List<Embedding>> way) {
        List<Score> scores = new ArrayList<>();
        for (List<Embedding> person : people) {
            for (int i = 0; i < person.size(); i++) {
                Embedding probe = person.get(i);
                for (List<Embedding> claimed : people) {
                    boolean same = claimed == person;
                    List<Embedding> gallery = new ArrayList<>(claimed);
                    if (same) {
                        gallery.remove(i);
                    }
                    List<Embedding> enrolled = gallery.subList(0, Math.min(templates, gallery.size()));
                    scores.add(new Score(way.applyAsDouble(probe, enrolled), same, 1));
                }
            }
        }
        return scores;
    }

    private static void print(PrintWriter out, String name, Verification verification) {
        out.printf(
                Locale.ROOT,
                "| %s | %.2f %% | %.2f %% | %.2f %% |%n",
                name,
                100 * verification.equalErrorRate(),
                100 * verification.fnmr(verification.thresholdAtFmr(1e-3)),
                100 * verification.fnmr(verification.thresholdAtFmr(1e-4)));
    }

    private static double best(Embedding probe, List<Embedding> templates) {
        return templates.stream().mapToDouble(probe::similarity).max().orElse(-1);
    }

    private static double meanSimilarity(Embedding probe, List<Embedding> templates) {
        return templates.stream().mapToDouble(probe::similarity).average().orElse(-1);
    }

    private static double averaged(Embedding probe, List<Embedding> templates) {
        float[] sum = new float[Embedding.DIMENSIONS];
        for (Embedding template : templates) {
            float[] components = template.components();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += components[i];
            }
        }
        return probe.similarity(Embedding.normalized(sum));
    }
}
