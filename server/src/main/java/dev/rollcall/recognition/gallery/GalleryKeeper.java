package dev.rollcall.recognition.gallery;

import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Duration;
import org.jboss.logging.Logger;

/** The thread that fills the gallery at the start and then reads once a second what other instances changed. */
public final class GalleryKeeper implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(GalleryKeeper.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final Gallery gallery;
    private final Thread thread = new Thread(this::run, "gallery");

    public GalleryKeeper(Gallery gallery) {
        this.gallery = gallery;
    }

    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        boolean failed = false;
        try {
            while (true) {
                boolean succeeds = update(failed);
                failed = !succeeds;
                Thread.sleep((failed ? PAUSE_AFTER_FAILURE : PAUSE).toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads what changed; logs the first of several failures. */
    private boolean update(boolean failedBefore) {
        boolean readyBefore = gallery.isReady();
        try {
            gallery.load();
            if (!readyBefore) {
                LOG.infof("the gallery has %d templates", gallery.size());
            }
            return true;
        } catch (StoreUnavailableException e) {
            if (!failedBefore) {
                LOG.warnf("the gallery can't be brought up to date and this is tried again: %s", e.getMessage());
            }
        } catch (RuntimeException e) {
            if (!failedBefore) {
                LOG.errorf(e, "the gallery can't be brought up to date");
            }
        }
        return false;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
