package dev.rollcall.cli;

import dev.rollcall.engine.FaceEngine;
import java.nio.file.Path;
import java.util.Optional;

/** Opens an engine for one command. */
public interface Engines {

    /**
     * Does work with an engine and closes it; returns the exit code.
     *
     * @param models the folder of models, instead of the one of the settings
     */
    int with(Optional<Path> models, Work work) throws Exception;

    /** Work with an open engine, which has its liveness models; returns the exit code. */
    interface Work {
        int on(FaceEngine engine) throws Exception;
    }
}
