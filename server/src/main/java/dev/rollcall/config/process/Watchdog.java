package dev.rollcall.config.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The watchdog that ends a process which can't recover, so that its supervisor restarts it. A request that runs out of
 * memory fails alone, and the service continues; but an error while a class is loaded can block a thread for ever, and then
 * no request gets a response.
 */
public final class Watchdog implements AutoCloseable {

    /** The exit code of a process that the watchdog ends. */
    static final int EXIT_CODE = 3;

    private static final Logger LOG = Logger.getLogger(Watchdog.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final List<Check> checks;
    private final Thread thread = new Thread(this::run, "watchdog");

    public Watchdog(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /** A check for a state that a process can't recover from. */
    interface Check {

        /** Checks once; returns a description of the fault, or empty. */
        Optional<String> fault();
    }

    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        Optional<String> fault = Optional.empty();
        while (fault.isEmpty()) {
            try {
                Thread.sleep(INTERVAL.toMillis());
                fault = findFault();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("a check failed", e);
            } catch (OutOfMemoryError e) {
                // There may be memory at the next check.
                fault = Optional.empty();
            }
        }
        LOG.fatal(fault.get() + ": the process ends");
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    private Optional<String> findFault() {
        return checks.stream().map(Check::fault).flatMap(Optional::stream).findFirst();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
