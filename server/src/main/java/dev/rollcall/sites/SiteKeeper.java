package dev.rollcall.sites;

import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Duration;
import org.jboss.logging.Logger;

/** The thread that reads once a second whether another instance has changed the sites. */
public final class SiteKeeper implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SiteKeeper.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final SitesInForce sites;
    private final Thread thread = new Thread(this::run, "sites");

    public SiteKeeper(SitesInForce sites) {
        this.sites = sites;
    }

    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        boolean failed = false;
        try {
            while (true) {
                failed = !refresh(failed);
                Thread.sleep((failed ? PAUSE_AFTER_FAILURE : PAUSE).toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the sites; logs the first of several failures. */
    private boolean refresh(boolean failedBefore) {
        try {
            sites.refresh();
            return true;
        } catch (StoreUnavailableException e) {
            if (!failedBefore) {
                LOG.warnf("the sites can't be read, and this is tried again: %s", e.getMessage());
            }
        } catch (RuntimeException e) {
            if (!failedBefore) {
                LOG.errorf(e, "the sites can't be read");
            }
        }
        return false;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
