package dev.rollcall.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Runtime's native library, unpacked once into a lasting folder. Otherwise ONNX Runtime unpacks 22 MB into the
 * temporary folder at every start and leaves them there when the process is killed.
 */
final class NativeLibrary {

    /** The system property in which ONNX Runtime looks for the folder. */
    private static final String LOCATION = "onnxruntime.native.path";

    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

    private static final int READ_AT_ONCE = 1 << 16;

    /** Whether this process has tried to load it; there is one attempt only. */
    private static boolean tried;

    /** Why it can't be loaded; null if it can, and before the attempt. */
    private static @Nullable String problem;

    private NativeLibrary() {}

    /**
     * Loads the library, the first time that it is called.
     *
     * @param folder a lasting folder into which it is unpacked if it is missing or damaged there, or null for the temporary one
     * @return why it can't be loaded; empty when it is loaded
     */
    static synchronized Optional<String> load(@Nullable Path folder) {
        if (!tried) {
            tried = true;
            problem = attempt(folder);
        }
        return Optional.ofNullable(problem);
    }

    /** Whatever fails in the library's own classes when they are loaded is a reason not to use it. */
    private static @Nullable String attempt(@Nullable Path folder) {
        try {
            if (folder != null) {
                keepIn(folder);
            }
            OrtEnvironment.getEnvironment();
            return null;
        } catch (IOException e) {
            return "it can't be unpacked into " + folder + ": " + e;
        } catch (LinkageError | RuntimeException e) {
            return reason(e);
        }
    }

    /** The message of the innermost cause, which names the file. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /**
     * Makes ONNX Runtime load its library from a folder, into which it is unpacked if missing. Does nothing when ONNX Runtime has
     * no library for this system among its resources, or when a location is set already.
     */
    private static void keepIn(Path folder) throws IOException {
        if (System.getProperty(LOCATION) != null) {
            return;
        }
        String version = OrtEnvironment.class.getPackage().getImplementationVersion();
        Path home = folder.resolve("onnxruntime-" + version);
        for (String library : LIBRARIES) {
            if (!unpacked(System.mapLibraryName(library), home)) {
                return;
            }
        }
        System.setProperty(LOCATION, home.toAbsolutePath().toString());
    }

    /** Unpacks a file unless it is there and whole: the system ends a process that uses a truncated library. */
    private static boolean unpacked(String file, Path home) throws IOException {
        URL resource = OrtEnvironment.class.getResource("/ai/onnxruntime/native/" + system() + "/" + file);
        if (resource == null) {
            return false;
        }
        Path target = home.resolve(file);
        if (Files.isReadable(target) && isWhole(target, resource)) {
            return true;
        }
        try (InputStream in = resource.openStream()) {
            Files.createDirectories(home);
            Path partial = home.resolve(file + ".partial");
            Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
    }

    /** Whether a file has the length and the checksum that the archive with the library gives. */
    private static boolean isWhole(Path file, URL resource) throws IOException {
        URLConnection connection = resource.openConnection();
        if (!(connection instanceof JarURLConnection archived)) {
            return true;
        }
        archived.setUseCaches(false);
        try (JarFile archive = archived.getJarFile()) {
            return Files.size(file) == archived.getJarEntry().getSize()
                    && checksum(file) == archived.getJarEntry().getCrc();
        }
    }

    private static long checksum(Path file) throws IOException {
        CRC32 checksum = new CRC32();
        byte[] bytes = new byte[READ_AT_ONCE];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                checksum.update(bytes, 0, count);
            }
        }
        return checksum.getValue();
    }

    private static String system() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String family = os.startsWith("linux") ? "linux" : os.startsWith("mac") ? "osx" : os;
        return family + "-" + (machine.equals("amd64") || machine.equals("x86_64") ? "x64" : machine);
    }
}
