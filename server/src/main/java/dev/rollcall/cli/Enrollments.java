package dev.rollcall.cli;

import dev.rollcall.recognition.bulk.BulkEnrollment;
import java.time.ZoneId;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Opens the engine and the store that the settings choose, for one command. */
public interface Enrollments {

    /** Does work and closes everything; returns the exit code. */
    int with(BulkEnrollment.Mode mode, Work work) throws Exception;

    /** Work with an open engine; returns the exit code. */
    interface Work {
        int on(Opened enrollment) throws Exception;
    }

    /**
     * What an enrollment needs.
     *
     * @param threads analyses at once
     * @param maxPictureBytes largest picture
     * @param stopped the exit code of a signal that told the process to stop, if one did
     */
    record Opened(
            BulkEnrollment enrollment, int threads, int maxPictureBytes, ZoneId zone, Supplier<OptionalInt> stopped) {}
}
