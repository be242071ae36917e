package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.RuntimeOptions.Choice;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when the native library can't be loaded: in a process of its own, since a process tries it once. */
class NativeFallbackTest {

    /** Distinguishes the lines of {@link #main} from the JVM's warnings. */
    private static final String MARK = "runtime: ";

    @TempDir
    private Path folder;

    @Test
    void damagedLibrary_isReplacedByJavaUnlessItIsRequired() throws Exception {
        for (String library : List.of("onnxruntime", "onnxruntime4j_jni")) {
            Files.writeString(folder.resolve(System.mapLibraryName(library)), "no library");
        }

        List<String> lines = outputOf("-Donnxruntime.native.path=" + folder);

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("JAVA ").contains(folder.toString());
        assertThat(lines.get(1)).isEqualTo("JAVA null");
        assertThat(lines.get(2)).startsWith("ONNX Runtime's native library can't be used: ");
    }

    @Test
    void folderThatIsAFile_isReplacedByJava() throws Exception {
        Path file = Files.writeString(folder.resolve("native"), "no folder");

        List<String> lines = outputOf("-Dtest.native.folder=" + file);

        assertThat(lines.get(0)).startsWith("JAVA it can't be unpacked into " + file);
    }

    private static List<String> outputOf(String property) throws IOException, InterruptedException {
        List<String> paths = new ArrayList<>(List.of("target/classes", "target/test-classes"));
        for (String name : List.of("java.class.path", "jdk.module.path")) {
            paths.add(System.getProperty(name, ""));
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        property,
                        "-cp",
                        String.join(File.pathSeparator, paths),
                        NativeFallbackTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines()
                .filter(line -> line.startsWith(MARK))
                .map(line -> line.substring(MARK.length()))
                .toList();
    }

    /** Prints the runtime of each choice, or why there is none. */
    public static void main(String[] arguments) {
        String folder = System.getProperty("test.native.folder");
        for (Choice choice : List.of(Choice.AUTO, Choice.JAVA, Choice.NATIVE)) {
            RuntimeOptions options = new RuntimeOptions(choice, folder == null ? null : Path.of(folder));
            try (FaceEngine engine =
                    new FaceEngine(new EngineOptions(1, EngineOptions.DEFAULT_PICTURE_BYTES, false, options, null))) {
                System.out.println(
                        MARK + engine.runtime().kind() + " " + engine.runtime().fallbackReason());
            } catch (EngineException e) {
                System.out.println(MARK + e.getMessage());
            }
        }
    }
}
