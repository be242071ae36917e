package dev.rollcall.recognition.accuracy;

import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Duration;
import org.jboss.logging.Logger;

/** The thread that keeps the estimates up to date: once a minute, soon after the start, and never at full speed. */
public final class AccuracyKeeper implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(AccuracyKeeper.class);
    private static final Duration AFTER_START = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final AccuracyMonitor monitor;
    private final Thread thread = new Thread(this::run, "accuracy");

    public AccuracyKeeper(AccuracyMonitor monitor) {
        this.monitor = monitor;
    }

    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        boolean failed = false;
        try {
            Thread.sleep(AFTER_START.toMillis());
            while (true) {
                failed = !update(failed);
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Updates the estimates; logs the first of several failures. */
    private boolean update(boolean failedBefore) throws InterruptedException {
        try {
            monitor.update(Pace.gentle());
            return true;
        } catch (StoreUnavailableException e) {
            if (!failedBefore) {
                LOG.warnf("the accuracy of sites can't be estimated and this is tried again: %s", e.getMessage());
            }
        } catch (RuntimeException e) {
            if (!failedBefore) {
                LOG.errorf(e, "the accuracy of sites can't be estimated");
            }
        }
        return false;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
