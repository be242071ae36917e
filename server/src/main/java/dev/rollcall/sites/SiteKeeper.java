package dev.rollcall.sites;

import dev.rollcall.background.RepeatingThread;
import dev.rollcall.background.RepeatingThread.Pauses;

/** Reads once a second whether another instance has changed the sites. */
public final class SiteKeeper implements AutoCloseable {

    private final RepeatingThread thread;

    public SiteKeeper(SitesInForce sites) {
        thread = new RepeatingThread(
                SiteKeeper.class, "sites", "the sites can't be read", Pauses.EACH_SECOND, sites::refresh);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.close();
    }
}
