package dev.rollcall.engine.onnx;

import dev.rollcall.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A model file among the engine's resources, with the hash that it must have.
 *
 * @param name the model's name, also the resource's name without {@code .onnx}
 * @param sha256 SHA-256 of the file in lower-case hexadecimal
 */
public record ModelFile(String name, String sha256) {

    private static final int ID_DIGITS = 12;

    /** Finds faces: an RFB-320 single-shot detector. */
    public static final ModelFile FACE_DETECTOR =
            new ModelFile("face-detector", "6c0256ccd3164f844736a401faf936ec2930764a87ae39442180887d0c5c8854");

    /** Finds 68 landmarks of a face. */
    public static final ModelFile FACE_LANDMARKS =
            new ModelFile("face-landmarks", "f10b0ba1d2a8a099adefede1ebf3733e44fe370715e7303dbeb7f59c02142258");

    /** Turns an aligned face into 512 numbers: MobileFaceNet. */
    public static final ModelFile FACE_EMBEDDER =
            new ModelFile("face-embedder", "87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581");

    /** Tells living faces from prints and screens. */
    public static final ModelFile FACE_LIVENESS =
            new ModelFile("face-liveness", "afa783b7e902fdfcf323a7240cac2a1c580c25314ea4161129dc1b0d100dc32d");

    /** Identifies the weights: the name and the first 12 digits of the hash. */
    public String id() {
        return name + "@" + sha256.substring(0, ID_DIGITS);
    }

    /**
     * Reads the file and checks its hash.
     *
     * @throws EngineException if it is missing or not the file that it should be
     */
    byte[] read() {
        try (InputStream in = ModelFile.class.getResourceAsStream(name + ".onnx")) {
            if (in == null) {
                throw new EngineException("model " + name + " is missing from the engine's resources");
            }
            return verified(in.readAllBytes());
        } catch (IOException e) {
            throw new EngineException("model " + name + " can't be read", e);
        }
    }

    byte[] verified(byte[] bytes) {
        try {
            String actual = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            if (!actual.equals(sha256)) {
                throw new EngineException(
                        "model %s is damaged: its SHA-256 is %s instead of %s".formatted(name, actual, sha256));
            }
            return bytes;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
