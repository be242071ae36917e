package dev.rollcall.outcome;

/** The failure of a store that can be reached but is not set up for this program; the message says what to do. */
public final class StoreSetupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreSetupException(String message) {
        super(message);
    }
}
