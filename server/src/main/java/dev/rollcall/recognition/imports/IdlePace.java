package dev.rollcall.recognition.imports;

import dev.rollcall.recognition.AnalysisPool;
import java.util.concurrent.TimeUnit;

/**
 * The pace of imports: a picture begins when a thread of the analyses is idle, or after {@link #LONGEST_WAIT_S} at the latest, so
 * that an import goes on slowly when the service is always busy. Safe for use by several threads.
 */
public final class IdlePace implements ImportPace {

    private static final long LONGEST_WAIT_S = 5;
    private static final long CHECK_MS = 20;

    private final AnalysisPool pool;

    public IdlePace(AnalysisPool pool) {
        this.pool = pool;
    }

    @Override
    public void awaitTurn() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_S);
        while (!pool.hasIdleThread() && System.nanoTime() < deadline) {
            Thread.sleep(CHECK_MS);
        }
    }
}
