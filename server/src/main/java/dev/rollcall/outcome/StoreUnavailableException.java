package dev.rollcall.outcome;

import org.jspecify.annotations.Nullable;

/** The store can't be reached or doesn't answer in time. */
public class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean nothingWritten;

    /**
     * Reports a store that doesn't answer.
     *
     * @param nothingWritten whether it is certain that nothing was written; false when the store went silent in the
     *     middle of a statement, which it may have carried out
     */
    public StoreUnavailableException(String message, boolean nothingWritten, @Nullable Throwable cause) {
        super(message, cause);
        this.nothingWritten = nothingWritten;
    }

    public boolean nothingWritten() {
        return nothingWritten;
    }
}
