package dev.rollcall.bench;

import dev.rollcall.engine.FaceEngine;
import dev.rollcall.recognition.challenge.Course;
import dev.rollcall.recognition.challenge.Sighting;
import dev.rollcall.recognition.challenge.Step;
import dev.rollcall.recognition.challenge.Turn;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures head-turn challenges. */
@Command(
        name = "challenges",
        description = "Head-turn challenges: real turns, films of another order, two people in one film, photos.",
        mixinStandardHelpOptions = true)
final class ChallengesCommand implements Callable<Integer> {

    private static final long SEED = 20_260_201;
    private static final double[] TILTS = {30, 45, 60};
    private static final double[] BENDS = {0, 0.6, 1.0, 1.4};

    @Option(names = "--live", required = true, description = "folder of the frames of a person who turns the head")
    private List<Path> live = List.of();

    @Option(names = "--replay", description = "folder of the frames of such a film that is shown on a screen")
    private List<Path> replays = List.of();

    @Option(names = "--photo", description = "a person's picture, which is tilted and bent")
    private List<Path> photos = List.of();

    @Option(names = "--every", description = "takes every so many frames of a film (${DEFAULT-VALUE})")
    private int every = 1;

    @Option(names = "--interval", description = "milliseconds from one frame to the next (${DEFAULT-VALUE})")
    private int interval = 100;

    @Option(names = "--tries", description = "challenges for each film and photo (${DEFAULT-VALUE})")
    private int tries = 200;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final Map<String, Map<String, Integer>> results = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException {
        try (FaceEngine engine = new FaceEngine()) {
            List<Footage> people = films(engine, live);
            for (Footage person : people) {
                run("real turns, in the order asked for: " + person.name(), person, false);
                run("the film of another order: " + person.name(), person, true);
            }
            for (Footage one : people) {
                people.stream()
                        .filter(other -> !one.isOfSamePerson(other))
                        .forEach(other -> run("spliced: " + one.spliced(other).name(), one.spliced(other), false));
            }
            for (Footage replay : films(engine, replays)) {
                run("on a screen, in the order asked for: " + replay.name(), replay, false);
            }
            for (Path photo : photos) {
                photo(engine, photo);
            }
            print(spec.commandLine().getOut(), people);
        }
        return 0;
    }

    private List<Footage> films(FaceEngine engine, List<Path> folders) throws IOException {
        List<Footage> films = new ArrayList<>();
        for (Path folder : folders) {
            Footage.ofFilm(engine, folder, every)
                    .filter(film -> film.straight().size() > 1)
                    .ifPresent(films::add);
        }
        return films;
    }

    private void photo(FaceEngine engine, Path file) throws IOException {
        for (double bend : BENDS) {
            for (double tilt : TILTS) {
                Footage footage =
                        Footage.ofPhoto(engine, file.getFileName().toString(), ImageIO.read(file.toFile()), tilt, bend);
                if (!footage.straight().isEmpty()
                        && footage.turns().values().stream()
                                .noneMatch(motion -> motion.held().isEmpty())) {
                    run(
                            String.format(Locale.ROOT, "photos, bent by %.1f, tilted by %.0f degrees", bend, tilt),
                            footage,
                            false);
                }
            }
        }
    }

    /** Tries challenges at random, of turns that the footage has. */
    private void run(String kind, Footage footage, boolean otherOrder) {
        Random random = new Random(SEED);
        Turn[] known = footage.turns().keySet().toArray(Turn[]::new);
        for (int i = 0; i < tries && known.length > 0; i++) {
            List<Step> asked = Course.random(random).stream()
                    .map(step -> new Step(known[random.nextInt(known.length)], step.hold()))
                    .toList();
            List<Turn> order = asked.stream().map(Step::turn).collect(Collectors.toList());
            while (otherOrder && order.equals(asked.stream().map(Step::turn).toList()) && known.length > 1) {
                order.replaceAll(turn -> known[random.nextInt(known.length)]);
            }
            String result = otherOrder && known.length < 2
                    ? "no other order"
                    : new ChallengeTrial(footage, order, Duration.ofMillis(interval)).run(asked);
            results.computeIfAbsent(kind, unused -> new TreeMap<>()).merge(result, 1, Integer::sum);
        }
    }

    private void print(PrintWriter out, List<Footage> people) {
        out.println("| kind | tries | passed | not passed, by reason |");
        out.println("|---|---|---|---|");
        results.forEach((kind, counts) -> out.printf(
                "| %s | %d | %d | %s |%n",
                kind,
                counts.values().stream().mapToInt(Integer::intValue).sum(),
                counts.getOrDefault("passed", 0),
                counts.entrySet().stream()
                        .filter(count -> !count.getKey().equals("passed"))
                        .map(count -> count.getKey() + " " + count.getValue())
                        .collect(Collectors.joining(", "))));
        out.println();
        out.println(
                "| film | frames that look straight | turns | similarity to the frame before: lowest | p1 | to the straight face, held: lowest |");
        out.println("|---|---|---|---|---|---|");
        people.forEach(person -> printFilm(out, person));
        out.flush();
    }

    private static void printFilm(PrintWriter out, Footage person) {
        List<Double> steps = new ArrayList<>();
        List<Double> held = new ArrayList<>();
        Sighting straight = person.straight().get(0);
        person.turns().values().forEach(motion -> {
            @Nullable Sighting last = null;
            for (Sighting frame : motion.out()) {
                if (last != null) {
                    steps.add(last.embedding().similarity(frame.embedding()));
                }
                last = frame;
            }
            motion.held().forEach(frame -> held.add(straight.embedding().similarity(frame.embedding())));
        });
        double[] sorted =
                steps.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        out.printf(
                Locale.ROOT,
                "| %s | %d | %s | %s | %.2f |%n",
                person.name(),
                person.straight().size(),
                Arrays.toString(person.turns().keySet().toArray()).toLowerCase(Locale.ROOT),
                sorted.length == 0
                        ? "- | -"
                        : String.format(Locale.ROOT, "%.2f | %.2f", sorted[0], sorted[sorted.length / 100]),
                held.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN));
    }
}
