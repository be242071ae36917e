package dev.rollcall.recognition.accuracy;

import java.util.concurrent.TimeUnit;

/** Keeps long work in the background from taking more than a part of one processor. For one thread. */
public final class Pace {

    private static final long WORK = TimeUnit.MILLISECONDS.toNanos(10);

    private final int restMillis;
    private long since = System.nanoTime();

    private Pace(int restMillis) {
        this.restMillis = restMillis;
    }

    /** Rests four times as long as it works. */
    static Pace gentle() {
        return new Pace(40);
    }

    /** Never rests. */
    public static Pace full() {
        return new Pace(0);
    }

    /** Sleeps if enough was done since the last rest. */
    void rest() throws InterruptedException {
        if (restMillis > 0 && System.nanoTime() - since >= WORK) {
            Thread.sleep(restMillis);
            since = System.nanoTime();
        }
    }
}
