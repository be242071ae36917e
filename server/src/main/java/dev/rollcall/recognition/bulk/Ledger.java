package dev.rollcall.recognition.bulk;

import dev.rollcall.recognition.bulk.FileResult.Status;
import java.io.IOException;
import java.util.Optional;

/** The record of what became of each file, which a later run continues. */
public interface Ledger {

    /** The final result that an earlier run noted of this file, with this content, for this person. */
    Optional<Status> earlier(String file, String userId, byte[] picture);

    /**
     * Notes a result; it is kept from when the method returns, even if the process is killed then.
     *
     * @param picture the file's content; empty if it was not read
     */
    void add(FileResult result, byte[] picture) throws IOException;

    /** A ledger that must be closed. */
    interface Closing extends Ledger, AutoCloseable {

        /** Notes nothing. */
        Closing NOTHING = new Closing() {
            @Override
            public Optional<Status> earlier(String file, String userId, byte[] picture) {
                return Optional.empty();
            }

            @Override
            public void add(FileResult result, byte[] picture) {}

            @Override
            public void close() {}
        };

        @Override
        void close() throws IOException;
    }
}
