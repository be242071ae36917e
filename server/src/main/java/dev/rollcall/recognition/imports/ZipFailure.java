package dev.rollcall.recognition.imports;

import dev.rollcall.recognition.bulk.ListException;
import java.io.IOException;

/**
 * Why a zip file isn't read to its end. The library that reads it throws plain exceptions for what is damaged, and passes those of its
 * input and of what takes the files through; here they are told apart.
 */
final class ZipFailure {

    /** Most characters of the library's own reason, which may have a name from the zip file. */
    private static final int MAX_REASON = 200;

    private ZipFailure() {}

    /**
     * The refusal of a zip file that can't be used.
     *
     * @throws IOException if the zip file isn't to blame
     */
    static ListException refusal(IOException failure) throws IOException {
        IOException cause = failure instanceof ContentException content ? content.failure() : failure;
        if (cause instanceof RequestException) {
            throw cause;
        }
        if (cause instanceof ReceiverException receiving) {
            throw receiving.failure();
        }
        return cause instanceof TooMuchException
                ? new ListException(String.valueOf(cause.getMessage()))
                : damaged(cause);
    }

    /** The refusal of a damaged zip file. */
    static ListException damaged(Exception e) {
        return new ListException("the zip file is damaged, incomplete or of another kind"
                + (e.getMessage() == null ? "" : ": " + ShownText.of(e.getMessage(), MAX_REASON)));
    }

    /** A limit is exceeded. */
    static final class TooMuchException extends IOException {

        private static final long serialVersionUID = 1L;

        TooMuchException(String message) {
            super(message);
        }
    }

    /** The zip file can't be received to its end. */
    static final class RequestException extends IOException {

        private static final long serialVersionUID = 1L;

        RequestException(IOException cause) {
            super(cause);
        }
    }

    /** A failure while content is read, which passes through the receiver. */
    static final class ContentException extends IOException {

        private static final long serialVersionUID = 1L;

        private final IOException failure;

        ContentException(IOException failure) {
            super(failure);
            this.failure = failure;
        }

        private IOException failure() {
            return failure;
        }
    }

    /** A failure of what takes the files. */
    static final class ReceiverException extends IOException {

        private static final long serialVersionUID = 1L;

        private final IOException failure;

        ReceiverException(IOException failure) {
            super(failure);
            this.failure = failure;
        }

        private IOException failure() {
            return failure;
        }
    }
}
