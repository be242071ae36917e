package dev.rollcall.archive;

/** An archive can't be used; the message says why. */
public final class ArchiveException extends Exception {

    private static final long serialVersionUID = 1L;

    public ArchiveException(String message) {
        super(message);
    }
}
