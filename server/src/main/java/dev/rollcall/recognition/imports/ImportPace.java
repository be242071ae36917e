package dev.rollcall.recognition.imports;

/** How fast an import goes on. Implementations are safe for use by several threads. */
public interface ImportPace {

    /** Is called before each picture; waits as long as requests have precedence. */
    void awaitTurn() throws InterruptedException;
}
