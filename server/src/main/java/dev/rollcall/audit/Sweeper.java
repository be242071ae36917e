package dev.rollcall.audit;

import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/** Carries jobs out at the start and then every so many hours, on one thread of its own: what removes expired rows. */
public final class Sweeper implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final Duration PAUSE = Duration.ofHours(1);

    private final List<Job> jobs;
    private final Thread thread = new Thread(this::run, "sweeper");

    public Sweeper(List<Job> jobs) {
        this.jobs = List.copyOf(jobs);
    }

    /**
     * Something to be done again and again.
     *
     * @param name what it does, for the log
     * @param everyHours hours from one time to the next, at least 1
     */
    public record Job(String name, int everyHours, Runnable work) {}

    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            for (long hour = 0; ; hour++) {
                for (Job job : jobs) {
                    if (hour % job.everyHours() == 0) {
                        carryOut(job);
                    }
                }
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void carryOut(Job job) {
        try {
            job.work().run();
        } catch (StoreUnavailableException e) {
            LOG.warnf("not done, and tried again later: %s: %s", job.name(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "failed: %s", job.name());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
