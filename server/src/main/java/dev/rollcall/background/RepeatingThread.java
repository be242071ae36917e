package dev.rollcall.background;

import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * A thread that does the same work again and again, with pauses. Work that fails is tried again; the first of several failures is
 * logged. It doesn't keep the process from ending.
 */
public final class RepeatingThread implements AutoCloseable {

    private final Logger log;
    private final String failure;
    private final Pauses pauses;
    private final Work work;
    private final Thread thread;

    /**
     * Creates the thread; it does nothing until it is started.
     *
     * @param owner whose logger is used
     * @param name of the thread
     * @param failure what the log says of a failure, such as "the gallery can't be brought up to date"
     */
    public RepeatingThread(Class<?> owner, String name, String failure, Pauses pauses, Work work) {
        this.log = Logger.getLogger(owner);
        this.failure = failure;
        this.pauses = pauses;
        this.work = work;
        this.thread = new Thread(this::run, name);
    }

    /** The pauses before the first work, after work that succeeded, and after work that failed. */
    public record Pauses(Duration atStart, Duration afterSuccess, Duration afterFailure) {

        /** Once a second from the start on, and five seconds after a failure. */
        public static final Pauses EACH_SECOND =
                new Pauses(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    /** What is repeated. */
    public interface Work {

        /**
         * Does it once.
         *
         * @throws InterruptedException if the thread is closed meanwhile
         */
        void run() throws InterruptedException;
    }

    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            Thread.sleep(pauses.atStart().toMillis());
            boolean succeeded = true;
            while (true) {
                succeeded = tryWork(succeeded);
                Thread.sleep((succeeded ? pauses.afterSuccess() : pauses.afterFailure()).toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Works once; returns whether that succeeded. */
    private boolean tryWork(boolean isFailureNew) throws InterruptedException {
        try {
            work.run();
            return true;
        } catch (StoreUnavailableException e) {
            if (isFailureNew) {
                log.warnf("%s, and this is tried again: %s", failure, e.getMessage());
            }
        } catch (RuntimeException e) {
            if (isFailureNew) {
                log.errorf(e, "%s", failure);
            }
        }
        return false;
    }

    /** Ends the thread, at the latest after the work under way. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
