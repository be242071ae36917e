package dev.rollcall.audit;

import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/** The scheduler of hourly and daily jobs, such as the removal of expired rows, on one thread. Runs each at the start. */
public final class Sweeper implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final Duration HOUR = Duration.ofHours(1);

    private final List<Job> jobs;
    private final Thread thread = new Thread(this::run, "sweeper");

    public Sweeper(List<Job> jobs) {
        this.jobs = List.copyOf(jobs);
    }

    /**
     * A recurring job.
     *
     * @param name its name in the log
     * @param everyHours hours between two runs, at least 1
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
                        run(job);
                    }
                }
                Thread.sleep(HOUR.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(Job job) {
        try {
            job.work().run();
        } catch (StoreUnavailableException e) {
            LOG.warnf("a job failed and is tried again later: %s: %s", job.name(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "a job failed: %s", job.name());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
