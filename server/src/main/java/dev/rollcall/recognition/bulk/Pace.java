package dev.rollcall.recognition.bulk;

/** How fast a bulk enrollment may go on. Implementations are safe for use by several threads. */
public interface Pace {

    /**
     * Is called before each picture; waits as long as others have precedence.
     *
     * @return whether to go on; false to stop here
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    boolean mayGoOn() throws InterruptedException;
}
