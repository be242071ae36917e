package dev.rollcall.recognition.accuracy;

import dev.rollcall.background.RepeatingThread;
import dev.rollcall.background.RepeatingThread.Pauses;
import java.time.Duration;

/** Keeps the estimates up to date: once a minute, soon after the start, and never at full speed. */
public final class AccuracyKeeper implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Pauses PAUSES = new Pauses(Duration.ofSeconds(5), PAUSE, PAUSE);

    private final RepeatingThread thread;

    public AccuracyKeeper(AccuracyMonitor monitor) {
        thread = new RepeatingThread(
                AccuracyKeeper.class,
                "accuracy",
                "the accuracy of sites can't be estimated",
                PAUSES,
                () -> monitor.update(Pace.gentle()));
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.close();
    }
}
