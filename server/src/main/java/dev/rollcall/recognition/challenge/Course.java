package dev.rollcall.recognition.challenge;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The choice of a challenge's turns. */
public final class Course {

    private static final List<Turn> TURNS = List.of(Turn.values());
    private static final int FEWEST = 2;
    private static final int MOST = 3;
    private static final int SHORTEST_HOLD_MS = 500;
    private static final int LONGEST_HOLD_MS = 1500;

    private Course() {}

    /**
     * Two or three turns with their times.
     *
     * @param random a source that nobody can predict
     */
    public static List<Step> random(RandomGenerator random) {
        return IntStream.range(0, random.nextInt(FEWEST, MOST + 1))
                .mapToObj(index -> new Step(
                        TURNS.get(random.nextInt(TURNS.size())),
                        Duration.ofMillis(random.nextInt(SHORTEST_HOLD_MS, LONGEST_HOLD_MS + 1))))
                .toList();
    }
}
