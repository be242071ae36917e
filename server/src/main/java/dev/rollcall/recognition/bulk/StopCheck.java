package dev.rollcall.recognition.bulk;

/** Tells a bulk enrollment when to stop. Implementations are safe for use by several threads. */
public interface StopCheck {

    /** Whether to go on; is asked before each picture and while one waits for an analysis. Returns at once. */
    boolean mayGoOn();
}
