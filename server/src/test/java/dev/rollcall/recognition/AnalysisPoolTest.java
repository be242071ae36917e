package dev.rollcall.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.FrameRules;
import dev.rollcall.engine.FrameVerdict;
import dev.rollcall.engine.StageListener.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnalysisPoolTest {

    private static final AnalysisRules RULES = AnalysisRules.recognition();

    private final FaceEngine engine = new FaceEngine();
    private final byte[] portrait = portrait();
    private final CountDownLatch decoded = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final AtomicInteger analysed = new AtomicInteger();

    /** One thread, which is held after its first decoding, and one place to wait. */
    private final AnalysisPool pool = new AnalysisPool(engine, 1, 1, (stage, nanos) -> {
        if (stage == Stage.DECODE) {
            analysed.incrementAndGet();
            decoded.countDown();
            await(mayGoOn);
        }
    });

    @AfterEach
    void stop() {
        mayGoOn.countDown();
        pool.begin(portrait, RULES).ifPresent(PendingAnalysis::await);
        pool.close();
        engine.close();
    }

    @Test
    void analysisBeyondTheQueue_isRefused() {
        PendingAnalysis running = pool.begin(portrait, RULES).orElseThrow();
        await(decoded);
        PendingAnalysis waiting = pool.begin(portrait, RULES).orElseThrow();

        assertThat(pool.begin(portrait, RULES)).isEmpty();
        assertThat(pool.isFull()).isTrue();

        mayGoOn.countDown();
        assertThat(running.await()).get().isInstanceOf(Analysis.Accepted.class);
        assertThat(waiting.await()).get().isInstanceOf(Analysis.Accepted.class);
    }

    @Test
    void frame_isRefusedAtOnceWhilePicturesWait() {
        PendingAnalysis running = pool.begin(portrait, RULES).orElseThrow();
        await(decoded);
        PendingAnalysis waiting = pool.begin(portrait, RULES).orElseThrow();

        assertThat(pool.takesFrames()).isFalse();
        assertThat(pool.judge(portrait, new FrameRules(RULES, 0))).isEmpty();

        mayGoOn.countDown();
        assertThat(running.await()).isPresent();
        assertThat(waiting.await()).isPresent();
        assertThat(pool.judge(portrait, new FrameRules(RULES, 0)))
                .get()
                .extracting(verdict -> ((FrameVerdict.Judged) verdict).ready())
                .isEqualTo(true);
    }

    @Test
    void analysisThatIsGivenUpBeforeItBegins_neverDoesAndLeavesItsPlace() {
        PendingAnalysis running = pool.begin(portrait, RULES).orElseThrow();
        await(decoded);
        pool.begin(portrait, RULES).orElseThrow().close();

        Optional<PendingAnalysis> next = pool.begin(portrait, RULES);

        assertThat(next).isPresent();
        mayGoOn.countDown();
        running.await();
        next.get().await();
        assertThat(analysed).hasValue(2);
    }

    @Test
    void analysisThatIsGivenUpUnderWay_endsAndTheNextOneWorks() {
        PendingAnalysis running = pool.begin(portrait, RULES).orElseThrow();
        await(decoded);
        running.close();
        mayGoOn.countDown();

        assertThat(pool.begin(portrait, RULES).orElseThrow().await()).get().isInstanceOf(Analysis.Accepted.class);
    }

    @Test
    void pool_tellsWhatRunsAndWhatWaits() {
        assertThat(pool.isFull()).isFalse();
        PendingAnalysis running = pool.begin(portrait, RULES).orElseThrow();
        await(decoded);
        assertThat(pool.running()).isEqualTo(1);
        assertThat(pool.waiting()).isZero();
        PendingAnalysis waiting = pool.begin(portrait, RULES).orElseThrow();
        assertThat(pool.waiting()).isEqualTo(1);

        mayGoOn.countDown();
        running.await();
        waiting.await();

        assertThat(pool.waiting()).isZero();
    }

    @Test
    void analysisThatFails_isToldWithItsCause() {
        AnalysisPool failing = new AnalysisPool(engine, 1, 1, (stage, nanos) -> {
            throw new IllegalArgumentException("broken listener");
        });
        PendingAnalysis analysis = failing.begin(portrait, RULES).orElseThrow();

        assertThatThrownBy(analysis::await)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the analysis failed")
                .hasRootCauseMessage("broken listener");
        failing.close();
    }

    @Test
    void interruptedWaiting_endsWithoutAResultAndStaysInterrupted() {
        PendingAnalysis analysis = pool.begin(portrait, RULES).orElseThrow();
        await(decoded);
        Thread.currentThread().interrupt();

        assertThat(analysis.await()).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void closedPool_hasEndedWhatItHadTakenAndTakesNoMore() {
        mayGoOn.countDown();
        PendingAnalysis taken = pool.begin(portrait, RULES).orElseThrow();

        pool.close();

        assertThat(taken.await()).get().isInstanceOf(Analysis.Accepted.class);
        assertThat(pool.running()).isZero();
        assertThat(pool.begin(portrait, RULES)).isEmpty();
    }

    private static byte[] portrait() {
        try (InputStream in =
                Objects.requireNonNull(AnalysisPoolTest.class.getResourceAsStream("/portraits/manuel.png"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
