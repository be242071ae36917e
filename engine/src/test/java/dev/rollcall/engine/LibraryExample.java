package dev.rollcall.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The example of docs/engine.md. */
final class LibraryExample {

    private LibraryExample() {}

    // The document begins
    static boolean samePerson(Path one, Path other) throws IOException {
        try (FaceEngine engine = new FaceEngine()) { // loads the models: keep it for the life of the process
            Embedding first = embedding(engine, one);
            Embedding second = embedding(engine, other);
            return engine.calibration().confidence(first.similarity(second)) >= 0.80;
        }
    }

    static Embedding embedding(FaceEngine engine, Path picture) throws IOException {
        Analysis analysis = engine.analyze(Files.readAllBytes(picture), AnalysisRules.recognition());
        if (analysis instanceof Analysis.Rejected rejected) {
            throw new IllegalArgumentException(rejected.rejection().advice()); // NO_FACE, LOW_QUALITY, ...
        }
        return ((Analysis.Accepted) analysis).face().embedding();
    }
    // The document ends
}
