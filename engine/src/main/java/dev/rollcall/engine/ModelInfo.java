package dev.rollcall.engine;

/**
 * A loaded model, whose file has the hash that its manifest states, and whose inputs and outputs are those that it describes.
 *
 * @param section its section in the manifest: {@code detector}, {@code landmarks}, {@code embedder}, {@code liveness}, or {@code
 *     liveness-} and a name
 * @param file the file's name
 * @param sha256 the file's hash in hexadecimal
 * @param builtIn whether it is one of the engine's own rather than of the model folder
 */
public record ModelInfo(String section, String file, String sha256, boolean builtIn) {}
