package dev.rollcall.recognition.gallery;

import dev.rollcall.background.RepeatingThread;
import dev.rollcall.background.RepeatingThread.Pauses;
import org.jboss.logging.Logger;

/** Fills the gallery at the start, and then reads once a second what other instances changed. */
public final class GalleryKeeper implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(GalleryKeeper.class);

    private final Gallery gallery;
    private final RepeatingThread thread;

    public GalleryKeeper(Gallery gallery) {
        this.gallery = gallery;
        this.thread = new RepeatingThread(
                GalleryKeeper.class,
                "gallery",
                "the gallery can't be brought up to date",
                Pauses.EACH_SECOND,
                this::update);
    }

    public void start() {
        thread.start();
    }

    private void update() {
        boolean wasReady = gallery.isReady();
        gallery.load();
        if (!wasReady) {
            LOG.infof("the gallery has %d templates", gallery.size());
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
