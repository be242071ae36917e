package dev.rollcall.recognition.bulk;

/** A list of people, or a zip file, that can't be used at all; the message says why, without a full stop. */
public final class ListException extends Exception {

    private static final long serialVersionUID = 1L;

    public ListException(String message) {
        super(message, null, false, false);
    }
}
