package dev.rollcall.config.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Ends a process that can't serve any more, so that whoever supervises it starts it again. A request that runs out of memory
 * fails by itself and the service goes on; but an error in the wrong place can leave a thread waiting for ever, and then no
 * request is answered.
 */
public final class Watchdog implements AutoCloseable {

    /** What the process ends with then. */
    static final int EXIT_CODE = 3;

    private static final Logger LOG = Logger.getLogger(Watchdog.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final List<Check> checks;
    private final Thread thread = new Thread(this::run, "watchdog");

    public Watchdog(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /** Something that a process can't go on with. */
    interface Check {

        /** Looks once; what is wrong beyond repair, or empty. */
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
                Thread.sleep(PAUSE.toMillis());
                fault = look();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("a check failed", e);
            } catch (OutOfMemoryError e) {
                // The next look may find memory again.
                fault = Optional.empty();
            }
        }
        LOG.fatal(fault.get() + ": the process ends");
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    private Optional<String> look() {
        return checks.stream().map(Check::fault).flatMap(Optional::stream).findFirst();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
