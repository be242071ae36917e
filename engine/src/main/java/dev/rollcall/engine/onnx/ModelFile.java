package dev.rollcall.engine.onnx;

import dev.rollcall.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A model file with the hash that it must have.
 *
 * @param name the file's name, ending in {@code .onnx}
 * @param sha256 SHA-256 of the file in lower-case hexadecimal
 * @param folder its folder, or null for the engine's resources
 */
record ModelFile(String name, String sha256, @Nullable Path folder) {

    private static final String ENDING = ".onnx";
    private static final int ID_DIGITS = 12;

    /** Identifies the weights: the name without its ending and the first 12 digits of the hash. */
    String id() {
        return name.substring(0, name.length() - ENDING.length()) + "@" + sha256.substring(0, ID_DIGITS);
    }

    /** Whether a name is that of a model file in the folder itself. */
    static boolean isName(String name) {
        return name.matches("[A-Za-z0-9][A-Za-z0-9._-]*\\.onnx");
    }

    /**
     * Reads the file and checks its hash.
     *
     * @throws EngineException if it is missing or not the file that it should be
     */
    byte[] read() {
        try (InputStream in = open()) {
            if (in == null) {
                throw new EngineException("model " + name + " is missing from " + place());
            }
            return verified(in.readAllBytes());
        } catch (IOException e) {
            throw new EngineException("model " + name + " can't be read from " + place() + ": " + e, e);
        }
    }

    private @Nullable InputStream open() throws IOException {
        if (folder == null) {
            return ModelFile.class.getResourceAsStream(name);
        }
        Path file = folder.resolve(name);
        return Files.exists(file) ? Files.newInputStream(file) : null;
    }

    private String place() {
        return folder == null ? "the engine's resources" : folder.toString();
    }

    private byte[] verified(byte[] bytes) {
        try {
            String actual = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            if (!actual.equals(sha256)) {
                throw new EngineException(
                        "model %s in %s is not the file that it should be: its SHA-256 is %s instead of %s"
                                .formatted(name, place(), actual, sha256));
            }
            return bytes;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
