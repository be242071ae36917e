package dev.rollcall.recognition.imports;

import java.util.Optional;

/** The memory for pictures of imports, which is shared with those of requests. Implementations are safe for use by several threads. */
public interface PictureMemory {

    /** Reserves memory if it is free now; nobody is kept waiting or refused for it. */
    Optional<Reserved> reserveIfFree(int bytes);

    /** Memory that is released by closing. */
    interface Reserved extends AutoCloseable {

        @Override
        void close();
    }
}
