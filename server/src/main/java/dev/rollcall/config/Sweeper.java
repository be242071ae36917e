package dev.rollcall.config;

import dev.rollcall.usecase.AnswerStore;
import dev.rollcall.usecase.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Removes what has had its time from the store, at the start and every hour. */
final class Sweeper implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final Duration PAUSE = Duration.ofHours(1);

    private final AnswerStore answers;
    private final Clock clock;
    private final Thread thread = new Thread(this::run, "sweeper");

    Sweeper(AnswerStore answers, Clock clock) {
        this.answers = answers;
        this.clock = clock;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                sweep();
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        try {
            answers.sweep(clock.instant());
        } catch (StoreUnavailableException e) {
            LOG.warn("what has expired stays for another hour: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("what has expired can't be removed", e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
