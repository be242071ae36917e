package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.engine.StageListener.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An engine that is closed, or runs out of memory, while analyses are under way. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaceEngineClosingTest {

    private static final byte[] PICTURE = Portraits.png("manuel");
    /** Room for the portrait, and not for two of it. */
    private static final EngineOptions ROOM_FOR_ONE =
            new EngineOptions(25, 400_000, true, RuntimeOptions.automatic(), null);

    private final FaceEngine engine = new FaceEngine(ROOM_FOR_ONE);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);

    @AfterEach
    void close() {
        mayGoOn.countDown();
        threads.shutdownNow();
        engine.close();
    }

    @Test
    void analysisAfterClosing_isRefused() {
        engine.close();

        assertThatThrownBy(() -> engine.analyze(PICTURE, AnalysisRules.none()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void closingTwice_doesNothing() {
        engine.close();
        engine.close();

        assertThatThrownBy(() -> engine.analyze(PICTURE, AnalysisRules.none()))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"DECODE", "EMBED"})
    void closing_waitsForTheAnalysisUnderWay(Stage stage) throws Exception {
        Future<Analysis> analysis =
                threads.submit(() -> engine.analyze(PICTURE, AnalysisRules.recognition(), stoppingAt(stage)));
        reached.await();

        Thread closing = startClosing();

        assertThat(closing.isAlive()).isTrue();
        assertThatThrownBy(() -> engine.analyze(PICTURE, AnalysisRules.none()))
                .isInstanceOf(IllegalStateException.class);
        mayGoOn.countDown();
        assertThat(analysis.get()).isInstanceOf(Analysis.Accepted.class);
        closing.join();
    }

    @Test
    void closing_waitsForLivenessOnAnotherThread() throws Exception {
        Future<Analysis> analysis = threads.submit(
                () -> engine.analyze(PICTURE, AnalysisRules.recognition(), stoppingAt(Stage.LIVENESS), helper()));
        reached.await();

        Thread closing = startClosing();

        assertThat(closing.isAlive()).isTrue();
        mayGoOn.countDown();
        assertThat(((Analysis.Accepted) analysis.get()).face().liveness()).isNotNull();
        closing.join();
    }

    @Test
    void analysesUntilTheEngineIsClosed_allReturnOrAreRefused() throws Exception {
        FaceEngine busy = new FaceEngine();
        AtomicInteger done = new AtomicInteger();
        List<Future<Integer>> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            running.add(threads.submit(() -> {
                while (true) {
                    Analysis analysis = busy.analyze(PICTURE, AnalysisRules.recognition(), StageListener.NONE, threads);
                    assertThat(analysis).isInstanceOf(Analysis.Accepted.class);
                    if (done.incrementAndGet() == 6) {
                        reached.countDown();
                    }
                }
            }));
        }
        reached.await();

        busy.close();

        for (Future<Integer> one : running) {
            assertThatThrownBy(one::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void engineThatRanOutOfMemory_staysUsable(Stage stage) {
        StageListener failing = (ended, nanos) -> {
            if (ended == stage) {
                throw new OutOfMemoryError("not really");
            }
        };
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> engine.analyze(PICTURE, AnalysisRules.recognition(), failing, helper()))
                    .isInstanceOf(OutOfMemoryError.class);
        }

        assertThat(engine.analyze(PICTURE, AnalysisRules.recognition())).isInstanceOf(Analysis.Accepted.class);
    }

    @Test
    void picturesThatDontFitTogether_areAnalysedOneAfterAnother() throws Exception {
        List<Future<Analysis>> together = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            together.add(threads.submit(() -> engine.analyze(PICTURE, AnalysisRules.none())));
        }

        for (Future<Analysis> one : together) {
            assertThat(one.get()).isInstanceOf(Analysis.Accepted.class);
        }
    }

    @Test
    void pictureThatNeedsMoreThanTheBudget_isTooLarge() {
        Analysis analysis = engine.analyze(Portraits.png("astronaut"), AnalysisRules.none());

        assertThat(((Analysis.Rejected) analysis).rejection().reason()).isEqualTo(Rejection.Reason.IMAGE_TOO_LARGE);
        assertThat(((Analysis.Rejected) analysis).rejection().details()).containsKey("max_memory_bytes");
    }

    /** Takes work as long as the test goes on. */
    private Executor helper() {
        return threads;
    }

    private Thread startClosing() {
        Thread closing = new Thread(engine::close);
        closing.start();
        while (closing.isAlive() && closing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return closing;
    }

    private StageListener stoppingAt(Stage stage) {
        return (ended, nanos) -> {
            if (ended == stage) {
                reached.countDown();
                try {
                    mayGoOn.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }
}
