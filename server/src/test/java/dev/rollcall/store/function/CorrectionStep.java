package dev.rollcall.store.function;

import dev.rollcall.attendance.CorrectionStore.Action;
import dev.rollcall.attendance.Direction;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Something that is done to the marks of a person who works at two sites.
 *
 * @param later how long after the step before
 * @param site 0 or 1; also which of two administrators does it
 * @param which of the marks, or of the requests, counted round from the latest
 * @param other whether an unusual key does it, or a version of the mark that was seen before is named
 */
record CorrectionStep(Operation operation, Duration later, int site, int which, boolean other, Details details) {

    private static final List<List<CorrectionStep>> SCENES = List.of(
            List.of(soon(Operation.MARK), asking(Action.VOIDED), soon(Operation.UNDO), soon(Operation.APPROVE)),
            List.of(soon(Operation.MARK), asking(Action.REPLACED), soon(Operation.UNDO), soon(Operation.APPROVE)),
            List.of(asking(Action.ADDED), soon(Operation.MARK), soon(Operation.APPROVE)),
            List.of(asking(Action.ADDED), soon(Operation.ADD), soon(Operation.APPROVE)),
            List.of(soon(Operation.LATE), soon(Operation.UNDO), soon(Operation.UNDO)),
            List.of(
                    soon(Operation.MARK),
                    soon(Operation.MARK),
                    soon(Operation.UNDO).before(1),
                    soon(Operation.UNDO)));

    /** What is done. */
    enum Operation {
        MARK,
        LATE,
        ADD,
        VOID,
        REPLACE,
        UNDO,
        ASK,
        APPROVE,
        REJECT
    }

    /** The time of a mark that an administrator wishes. */
    enum Time {
        AGO,
        AS_IT_IS,
        OF_ANOTHER_MARK,
        OF_A_REQUEST
    }

    /**
     * What is wished of a mark.
     *
     * @param ago how long before the step the mark is; negative for a time that is ahead
     * @param asked what is asked for, if another administrator must approve it
     */
    record Details(Duration ago, Time time, @Nullable Direction direction, Action asked) {}

    private static CorrectionStep soon(Operation operation) {
        return next(operation, new Details(Duration.ZERO, Time.OF_A_REQUEST, null, Action.VOIDED));
    }

    private static CorrectionStep asking(Action asked) {
        return next(Operation.ASK, new Details(Duration.ofSeconds(-1), Time.AGO, Direction.OUT, asked));
    }

    private CorrectionStep before(int latest) {
        return new CorrectionStep(operation, later, site, latest, other, details);
    }

    private static CorrectionStep next(Operation operation, Details details) {
        return new CorrectionStep(operation, Duration.ofSeconds(1), 0, 0, false, details);
    }

    /** Another operation with the same details. */
    CorrectionStep as(Operation instead) {
        return new CorrectionStep(instead, later, site, which, other, details);
    }

    /** Steps within hours and days, many of them within a minute; and, among them, scenes that are rare otherwise. */
    static Arbitrary<List<CorrectionStep>> lists() {
        return Arbitraries.frequencyOf(Tuple.of(12, steps().map(List::of)), Tuple.of(1, Arbitraries.of(SCENES)))
                .list()
                .ofMinSize(8)
                .ofMaxSize(22)
                .withSizeDistribution(RandomDistribution.uniform())
                .map(parts -> parts.stream().flatMap(List::stream).toList());
    }

    private static Arbitrary<CorrectionStep> steps() {
        return Combinators.combine(
                        operations(),
                        Arbitraries.frequencyOf(
                                Tuple.of(2, Arbitraries.of(0L, 1L, 60L).map(Duration::ofSeconds)),
                                Tuple.of(6, seconds(0, 90)),
                                Tuple.of(2, seconds(0, 36_000))),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.frequencyOf(
                                Tuple.of(1, Arbitraries.just(0)),
                                Tuple.of(1, Arbitraries.integers().between(0, 9))),
                        Arbitraries.of(true, false, false),
                        wishes())
                .as(CorrectionStep::new)
                .withoutEdgeCases();
    }

    private static Arbitrary<Operation> operations() {
        return Arbitraries.frequency(
                Tuple.of(6, Operation.MARK),
                Tuple.of(4, Operation.LATE),
                Tuple.of(3, Operation.ADD),
                Tuple.of(3, Operation.VOID),
                Tuple.of(4, Operation.REPLACE),
                Tuple.of(5, Operation.UNDO),
                Tuple.of(5, Operation.ASK),
                Tuple.of(5, Operation.APPROVE),
                Tuple.of(3, Operation.REJECT));
    }

    private static Arbitrary<Details> wishes() {
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(3, seconds(-30, 90)),
                                Tuple.of(3, seconds(0, 36_000)),
                                Tuple.of(1, seconds(86_400, 122_400))),
                        Arbitraries.frequency(
                                Tuple.of(3, Time.AGO),
                                Tuple.of(1, Time.AS_IT_IS),
                                Tuple.of(1, Time.OF_ANOTHER_MARK),
                                Tuple.of(2, Time.OF_A_REQUEST)),
                        Arbitraries.of(Direction.values()).injectNull(0.6),
                        Arbitraries.of(Action.ADDED, Action.VOIDED, Action.REPLACED))
                .as(Details::new);
    }

    private static Arbitrary<Duration> seconds(long least, long most) {
        return Arbitraries.longs().between(least, most).map(Duration::ofSeconds);
    }
}
