package dev.rollcall.engine.onnx.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.onnx.file.UnsupportedModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {

    private static final int FIRST = 1;
    private static final int OPERATOR = 4;

    private static final Executor NOBODY = work -> {
        throw new RejectedExecutionException();
    };

    @Test
    void inputsAndOutputs_areThoseOfTheFile() throws IOException {
        Program program = Program.of(file("detector"));

        assertThat(program.inputs()).containsExactlyEntriesOf(Map.of("input", List.of(1L, 3L, 240L, 320L)));
        assertThat(program.outputs())
                .containsEntry("scores", List.of(1L, 4420L, 2L))
                .containsEntry("boxes", List.of(1L, 4420L, 4L));
    }

    @ParameterizedTest
    @CsvSource({
        "embedder, PRelu, PRexu, the operator PRexu",
        "embedder, Reshape, Reshope, the operator Reshope",
        "detector, strides, stridez, the attribute stridez",
        "liveness, GlobalAveragePool, GlobalAveragePaal, the operator GlobalAveragePaal",
        "landmarks, momentum, momentus, the attribute momentus"
    })
    void partThatIsNotSupported_isRefusedByName(String model, String original, String other, String expected)
            throws IOException {
        byte[] changed = replaced(file(model), original, other);

        assertThatThrownBy(() -> Program.of(changed))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining(expected)
                .hasMessageContaining("isn't supported");
    }

    @Test
    void inputThatNothingMakes_isRefusedByName() throws IOException {
        byte[] changed = replaced(file("landmarks"), "output_layer.linear.bias", "output_layer.linear.bios");

        assertThatThrownBy(() -> Program.of(changed))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("output_layer.linear.bi");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-5, 0.01, 0.3, 0.5, 0.9, 0.999})
    void truncatedFile_isRefused(double part) throws IOException {
        byte[] whole = file("landmarks");
        byte[] beginning = Arrays.copyOf(whole, (int) (whole.length * part));

        assertThatThrownBy(() -> Program.of(beginning)).isInstanceOf(UnsupportedModelException.class);
    }

    @Test
    void nextRun_findsNothingOfTheLastOne() throws IOException {
        Program.Workspace workspace = Program.of(file("landmarks")).newWorkspace();
        float[] dark = new float[64 * 64];
        float[] bright = new float[64 * 64];
        Arrays.fill(bright, Float.NaN);
        float[] first = new float[136];
        float[] second = new float[136];

        workspace.run(dark, List.of("output"), List.of(first), NOBODY);
        workspace.run(bright, List.of("output"), List.of(second), NOBODY);
        workspace.run(dark, List.of("output"), List.of(second), NOBODY);

        assertThat(second).containsExactly(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"detector", "embedder"})
    void runWithHelp_hasTheSameResults(String model) throws IOException {
        Program program = Program.of(file(model));
        List<float[]> alone = run(program, NOBODY);
        ThreadPoolExecutor threads = new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new SynchronousQueue<>());
        try {
            for (int i = 0; i < 5; i++) {
                assertThat(run(program, threads)).containsExactly(alone.toArray(float[][]::new));
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void helperThatBeginsAfterTheRun_changesNothing() throws IOException {
        Program program = Program.of(file("detector"));
        List<Runnable> late = new ArrayList<>();

        List<float[]> results = run(program, late::add);
        late.forEach(Runnable::run);

        assertThat(run(program, NOBODY)).containsExactly(results.toArray(float[][]::new));
    }

    private static List<float[]> run(Program program, Executor helper) {
        int size = product(program.inputs(), "input");
        float[] input = new float[size];
        Random random = new Random(1);
        for (int i = 0; i < size; i++) {
            input[i] = random.nextFloat();
        }
        List<String> names = List.copyOf(program.outputs().keySet());
        List<float[]> results = names.stream()
                .map(name -> new float[product(program.outputs(), name)])
                .toList();
        program.newWorkspace().run(input, names, results, helper);
        return results;
    }

    private static int product(Map<String, List<Long>> all, String name) {
        return all.getOrDefault(name, List.of()).stream()
                .mapToInt(Long::intValue)
                .reduce(1, Math::multiplyExact);
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream in = FaceEngine.class.getResourceAsStream("onnx/face-" + name + ".onnx")) {
            return in.readAllBytes();
        }
    }

    /** The file with the first operator or other part of a name replaced by one of the same length. */
    private static byte[] replaced(byte[] file, String original, String other) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        int operator = text.indexOf(field(OPERATOR, original));
        int at = operator >= 0 ? operator : text.indexOf(field(FIRST, original));
        byte[] changed = file.clone();
        byte[] name = other.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(name, 0, changed, at + 2, name.length);
        return changed;
    }

    /** A short text as a field of a message. */
    private static String field(int number, String text) {
        return "" + (char) (number << 3 | 2) + (char) text.length() + text;
    }
}
