package dev.rollcall.outcome;

import org.jspecify.annotations.Nullable;

/** The failure of a store that can't be reached or doesn't respond in time. */
public class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean nothingWritten;

    /**
     * Creates an exception.
     *
     * @param nothingWritten whether it is certain that nothing was written; false when the connection was lost during a
     *     statement, which the store may have executed
     */
    public StoreUnavailableException(String message, boolean nothingWritten, @Nullable Throwable cause) {
        super(message, cause);
        this.nothingWritten = nothingWritten;
    }

    public boolean nothingWritten() {
        return nothingWritten;
    }
}
