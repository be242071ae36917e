package dev.rollcall.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import dev.rollcall.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/**
 * ONNX Runtime's native library, unpacked once into a lasting folder. Otherwise ONNX Runtime unpacks 22 MB into the
 * temporary folder at every start and leaves them there when the process is killed.
 */
public final class NativeLibrary {

    /** The system property in which ONNX Runtime looks for the folder. */
    private static final String LOCATION = "onnxruntime.native.path";

    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

    private NativeLibrary() {}

    /**
     * Makes ONNX Runtime load its library from a folder, into which it is unpacked if missing. Does nothing when ONNX Runtime has
     * no library for this system among its resources, or when a location is set already. To be called before the first model is loaded.
     *
     * @throws EngineException if the folder can't be written
     */
    public static synchronized void keepIn(Path folder) {
        if (System.getProperty(LOCATION) != null) {
            return;
        }
        String version = OrtEnvironment.class.getPackage().getImplementationVersion();
        Path home = folder.resolve("onnxruntime-" + version);
        try {
            for (String library : LIBRARIES) {
                if (!unpacked(System.mapLibraryName(library), home)) {
                    return;
                }
            }
            System.setProperty(LOCATION, home.toAbsolutePath().toString());
        } catch (IOException e) {
            throw new EngineException("ONNX Runtime's library can't be unpacked into " + home + ": " + e, e);
        }
    }

    /** Unpacks a file unless it exists. An existing one is complete, because it is renamed after it was written. */
    private static boolean unpacked(String file, Path home) throws IOException {
        Path target = home.resolve(file);
        if (Files.exists(target)) {
            return true;
        }
        try (InputStream in =
                OrtEnvironment.class.getResourceAsStream("/ai/onnxruntime/native/" + system() + "/" + file)) {
            if (in == null) {
                return false;
            }
            Files.createDirectories(home);
            Path partial = home.resolve(file + ".partial");
            Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
    }

    private static String system() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String family = os.startsWith("linux") ? "linux" : os.startsWith("mac") ? "osx" : os;
        return family + "-" + (machine.equals("amd64") || machine.equals("x86_64") ? "x64" : machine);
    }
}
