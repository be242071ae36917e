package dev.rollcall.recognition;

import dev.rollcall.engine.FramePixels;
import java.util.Optional;
import java.util.function.Function;

/** The reading of small frames that show no face. Implementations are safe for use by several threads. */
public interface FrameReader {

    /**
     * Decodes a frame and reads it, and waits for the result.
     *
     * @param reading must not wait for anything
     * @return empty when too many pictures wait for analysis, or when the service stops meanwhile
     */
    <T> Optional<T> read(byte[] frame, Function<FramePixels, T> reading);
}
